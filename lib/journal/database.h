// SQLite, as little of it as a journal needs: a connection and its prepared statements, closed by
// themselves. Errors become Faults that name the file and the way out; damage found by SQLite is a
// Fault of Exit::untrusted. One thread at a time. Knows nothing of events.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tocsin::journal {

class Database {
 public:
  enum class Mode { append, read };

  // The file must exist. `append` falls back to reading where the file or its disk is read-only,
  // and faults where the disk is full; reading goes on there.
  Database(const std::filesystem::path& path, Mode mode);

  void execute(const char* sql);
  bool is_read_only() const;
  // Ends a transaction that is open, if any: SQLite may have ended it itself (a full disk).
  void roll_back() noexcept;
  const std::filesystem::path& path() const noexcept { return path_; }
  // Turns SQLite's result code of the operation that just failed into a Fault.
  [[noreturn]] void fail(int code) const;

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* connection) const noexcept;
  };
  std::filesystem::path path_;
  std::unique_ptr<sqlite3, Close> connection_;
};

// A prepared statement. Bound bytes must outlive the step; columns are valid until the next one.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, base::ByteView value);
  Statement& bind(int index, std::string_view value);
  Statement& bind_null(int index);

  // True when a row is ready; after the last one the statement is ready for its next use.
  bool step();
  // For a statement that returns nothing, or of which one row is enough and its columns are not.
  void run();
  void reset() noexcept;

  std::int64_t integer(int column) const noexcept;
  base::ByteView bytes(int column) const noexcept;
  std::string_view text(int column) const noexcept;
  bool is_null(int column) const noexcept;

 private:
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
};

// Resets a statement however its use ends, so that no read transaction is left open.
class Use {
 public:
  explicit Use(Statement& statement) noexcept : statement_(statement) {}
  ~Use() { statement_.reset(); }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  Statement* operator->() const noexcept { return &statement_; }

 private:
  Statement& statement_;
};

// BEGIN IMMEDIATE: holds the one write lock of the file until it is committed or goes away.
class Transaction {
 public:
  Transaction(Database& database, Statement& begin);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit(Statement& commit);

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace tocsin::journal
