// A disk under SQLite that fails when it is told to, and that can lose its power: what was not
// synced is then there in part, in any order. The library does not know of it: it becomes SQLite's
// default file system while it lives. One at a time.
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

  // The operation (write, truncate or sync) after so many good ones fails, and all that follow.
  void fail_after(int operations, int code);
  void heal() { code_ = SQLITE_OK; }
  bool has_failed() const { return failed_; }
  // Called before each operation.
  void on_operation(std::function<void()> look) { look_ = std::move(look); }

  // What is left of each file if the power goes now: its last synced state, with any part of what
  // was written since.
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
  int left_ = 0;
  bool failed_ = false;
};

}  // namespace tocsin::journal
