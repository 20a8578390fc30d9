// A disk under SQLite that fails when a test says so, and can lose its power. Then parts of what
// was not synced are there, in any order. While it exists it is SQLite's default file system, so
// the journal needs no change for it. Only one may exist at a time.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"

namespace tocsin::journal {

class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // After this many operations (write, truncate or sync), all later ones fail.
  void fail_after(int operations, int code);
  // From now on no read succeeds.
  void fail_reads(int code) { read_code_ = code; }
  void heal() { code_ = read_code_ = SQLITE_OK; }
  bool has_failed() const { return failed_; }
  // Called before each operation.
  void on_operation(std::function<void()> look) { look_ = std::move(look); }

  // The contents of each file if the power fails now: the last synced state, with a random part of
  // the later writes.
  std::map<std::string, std::string> after_power_cut(base::SeededRandom& dice) const;

 private:
  struct File;  // SQLite's view of an open file
  struct Write {
    std::size_t offset;
    std::string bytes;
  };
  struct Track {
    std::string durable;
    std::vector<Write> pending;
  };

  static int open(sqlite3_vfs*, const char* name, sqlite3_file* out, int flags, int* out_flags);
  static sqlite3_io_methods passed_on();
  static const sqlite3_io_methods& methods();
  int operate();  // SQLITE_OK, or the failure

  sqlite3_vfs* real_;
  sqlite3_vfs shim_;
  std::map<std::string, Track> tracks_;
  std::function<void()> look_;
  int code_ = SQLITE_OK;
  int read_code_ = SQLITE_OK;
  int left_ = 0;
  bool failed_ = false;
};

}  // namespace tocsin::journal
