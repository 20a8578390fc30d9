// The parts of SQLite that a journal needs: a connection and prepared statements, closed by their
// destructors. Errors become Faults that name the file and say what to do. What SQLite cannot make
// sense of is Malformed: a disk that fails for a moment looks the same, and only a hash proves that
// a journal is damaged. For one thread at a time. Knows nothing of events.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/fault.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tocsin::journal {

// An operating fault, to be tried again. `verify`, which has all the time, calls it damage.
class Malformed final : public base::Fault {
 public:
  Malformed(const std::string& message, std::string hint)
      : Fault(base::Exit::fault, message, std::move(hint)) {}
  // For who examines the file and does not have to go on with it.
  base::Fault as_damage() const {
    return {base::Exit::untrusted, what(),
            "keep the file as it is and go on with a copy from a backup"};
  }
};

class Database {
 public:
  enum class Mode { append, read };

  // The file must exist. `append` opens a file for reading when the file or its disk is read-only,
  // and faults when the disk is full. `read` works on a full disk, too.
  Database(const std::filesystem::path& path, Mode mode);

  void execute(const char* sql);
  bool is_read_only() const;
  // Forgets what was read, so that it is read from the disk again. Not within a transaction.
  void forget() { execute("PRAGMA shrink_memory"); }
  // Ends the open transaction, if there is one: SQLite may have ended it itself, on a full disk.
  void roll_back() noexcept;
  const std::filesystem::path& path() const noexcept { return path_; }
  // Throws the Fault for the operation that has just failed with SQLite's result `code`.
  [[noreturn]] void fail(int code) const;

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* connection) const noexcept;
  };
  std::filesystem::path path_;
  std::unique_ptr<sqlite3, Close> connection_;
};

// A prepared statement. Bound bytes must stay valid until the step is done; columns are valid until
// the next step.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, base::ByteView value);
  Statement& bind(int index, std::string_view value);
  Statement& bind_null(int index);

  // True when a row is ready. After the last row the statement resets itself for its next use.
  bool step();
  // Steps once and resets. For a statement whose rows are not read.
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

// Resets a statement at the end of the scope, even after an exception, so that no read transaction
// stays open.
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

// BEGIN IMMEDIATE: holds the file's only write lock until commit or destruction.
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
