#include "journal/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "base/fault.h"
#include "journal/remembered_head.h"

namespace tocsin::journal {

namespace {

using base::Exit;
using base::Fault;

constexpr std::int64_t kApplicationId = 0x546F6373;  // "Tocs"

struct Table {
  std::string_view name;
  std::string_view sql;
};
// In order of name, and letter by letter as in tocsin-journal(5): the file's own are compared with
// these.
constexpr std::array kTables{
    Table{"author",
          "CREATE TABLE author(number INTEGER PRIMARY KEY, certificate BLOB NOT NULL) STRICT"},
    Table{"event",
          "CREATE TABLE event(number INTEGER PRIMARY KEY, hash BLOB NOT NULL, body BLOB NOT NULL, "
          "author INTEGER, signature BLOB) STRICT"},
    Table{"journal",
          "CREATE TABLE journal(id BLOB NOT NULL, proof BLOB NOT NULL, wrapped_key BLOB NOT NULL) "
          "STRICT"},
    Table{"lease",
          "CREATE TABLE lease(name TEXT PRIMARY KEY, owner BLOB NOT NULL, until INTEGER NOT NULL) "
          "STRICT, WITHOUT ROWID"}};

std::int64_t pragma(Database& database, std::string_view sql) {
  Statement statement(database, sql);
  return statement.step() ? statement.integer(0) : 0;
}

[[noreturn]] void not_a_journal(const std::filesystem::path& path) {
  throw Fault(Exit::fault, fmt::format("{} is not a journal", path.string()),
              "check that it is the file you meant");
}

[[noreturn]] void changed(const std::filesystem::path& path, std::string_view what) {
  throw Fault(Exit::untrusted, fmt::format("the journal {} was changed: {}", path.string(), what),
              "keep the file as it is and go on with a copy from a backup");
}

void check_place(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::none)
    throw Fault(Exit::fault,
                fmt::format("cannot read the journal {}: {}", path.string(), error.message()),
                "check the disk, who owns the file, and its permissions");
  if (!std::filesystem::exists(status))
    throw Fault(Exit::fault, fmt::format("there is no journal {}", path.string()),
                "check the path and --home");
  if (!std::filesystem::is_regular_file(status)) not_a_journal(path);
  if (std::filesystem::file_size(path, error) == 0) {
    if (std::filesystem::exists(RememberedHead(path).path(), error))
      throw Fault(Exit::untrusted, fmt::format("the journal {} was cut to nothing", path.string()),
                  "keep the file as it is and go on with a copy from a backup");
    throw Fault(Exit::fault, fmt::format("the journal {} is empty", path.string()),
                "it was never finished: remove it");
  }
}

void check_tables(Database& database) {
  Statement list(database, "SELECT name, sql FROM sqlite_schema ORDER BY name");
  std::size_t seen = 0;
  while (list.step()) {
    if (seen == kTables.size() || list.text(0) != kTables[seen].name ||
        list.text(1) != kTables[seen].sql)
      changed(database.path(), "its tables are not those of a journal");
    ++seen;
  }
  if (seen != kTables.size()) changed(database.path(), "a table is missing");
}

}  // namespace

File open_file(const std::filesystem::path& path, Database::Mode mode) {
  check_place(path);
  Database database(path, mode);
  if (pragma(database, "PRAGMA application_id") != kApplicationId) not_a_journal(path);
  const std::int64_t version = pragma(database, "PRAGMA user_version");
  if (version > kFormatVersion)
    throw Fault(Exit::fault,
                fmt::format("the journal {} has format {}; this program reads format {}",
                            path.string(), version, kFormatVersion),
                "use the newer tocsin that wrote it");
  if (version < 1) not_a_journal(path);
  check_tables(database);

  JournalId id;
  base::Bytes proof;
  base::Bytes wrapped_key;
  {
    Statement row(database, "SELECT id, proof, wrapped_key FROM journal");
    if (!row.step()) changed(path, "it does not say which journal it is");
    const auto copy = [&](int column) {
      return base::Bytes(row.bytes(column).begin(), row.bytes(column).end());
    };
    if (row.bytes(0).size() != id.bytes.size()) changed(path, "its id has a wrong length");
    std::copy_n(row.bytes(0).begin(), id.bytes.size(), id.bytes.begin());
    proof = copy(1);
    wrapped_key = copy(2);
    if (row.step()) changed(path, "it says twice which journal it is");
  }
  return {std::move(database), id, std::move(proof), std::move(wrapped_key)};
}

void create_file(const std::filesystem::path& path, const JournalId& id, base::ByteView proof,
                 base::ByteView wrapped_key) {
  // SQLite would open a file that exists. Made here, the file is new and readable by its owner
  // only.
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0)
    throw Fault(Exit::fault,
                fmt::format("cannot create the journal {}: {}", path.string(),
                            std::generic_category().message(errno)),
                errno == EEXIST ? "a journal is never overwritten; name another file"
                                : "check that its folder exists and who owns it");
  ::close(file);
  try {
    Database database(path, Database::Mode::append);
    // A rollback journal on disk is not needed: a file that could not be finished is removed.
    database.execute("PRAGMA page_size = 1024; PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE");
    for (const Table& table : kTables) database.execute(std::string(table.sql).c_str());
    Statement row(database, "INSERT INTO journal VALUES (?, ?, ?)");
    row.bind(1, id.bytes).bind(2, proof).bind(3, wrapped_key).run();
    database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT; "
                                 "PRAGMA journal_mode = WAL",
                                 kApplicationId, kFormatVersion)
                         .c_str());
  } catch (const Fault&) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    throw;
  }
}

}  // namespace tocsin::journal
