#include "journal/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <system_error>

#include "base/fault.h"

namespace tocsin::journal {

namespace {

// A transaction takes a millisecond, so a process that holds the lock for this long hangs.
constexpr int kBusyMilliseconds = 10'000;
// Larger than the largest sealed body. The limit stops a hostile file from claiming gigabytes.
constexpr int kValueBytesMost = 20 * 1024 * 1024;

std::string uri_of(const std::filesystem::path& path, std::string_view query) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (c == '%' || c == '?' || c == '#')
      uri += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    else
      uri += c;
  }
  return uri + std::string(query);
}

// SQLite has several codes for a disk that is too full for the files beside the journal.
bool is_for_want_of_room(int code, int error) {
  return (code & 0xff) == SQLITE_FULL || error == ENOSPC || error == EDQUOT || error == EFBIG;
}

}  // namespace

void Database::Close::operator()(sqlite3* connection) const noexcept { sqlite3_close(connection); }

Database::Database(const std::filesystem::path& path, Mode mode) : path_(path) {
  const auto open = [&](std::string_view query, int flags) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(uri_of(path, query).c_str(), &raw,
                                     flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    connection_.reset(raw);
    if (code != SQLITE_OK) return code;
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, kBusyMilliseconds);
    sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, kValueBytesMost);
    // The file may come from anybody. Nothing in it may run code or reach outside its tables.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // SQLite opens the file at the first query only, so make one.
    return sqlite3_exec(raw, "PRAGMA cell_size_check = 1; SELECT count(*) FROM sqlite_schema",
                        nullptr, nullptr, nullptr);
  };
  // Open for writing in either mode: a read-only connection would leave the log's files behind.
  int code = open("", SQLITE_OPEN_READWRITE);
  if (code == SQLITE_OK && mode == Mode::read) execute("PRAGMA query_only = 1");
  if (code == SQLITE_OK) return;
  // In WAL mode even a reader writes files beside the journal. Where it cannot, the journal's file
  // alone is enough, unless there is a log with newer events.
  std::error_code ignored;
  const std::filesystem::path log = path.string() + "-wal";
  const bool has_log = std::filesystem::file_size(log, ignored) > 0 && !ignored;
  const bool is_full =
      connection_ && is_for_want_of_room(code, sqlite3_system_errno(connection_.get()));
  if (is_full && mode == Mode::append) fail(SQLITE_FULL);
  const bool cannot_write =
      is_full || (code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY;
  if (cannot_write && !has_log) code = open("?immutable=1", SQLITE_OPEN_READONLY);
  if (code != SQLITE_OK) fail(code);
}

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

bool Database::is_read_only() const { return sqlite3_db_readonly(connection_.get(), "main") == 1; }

void Database::roll_back() noexcept {
  if (sqlite3_get_autocommit(connection_.get()) == 0)
    sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::fail(int code) const {
  using base::Exit;
  using base::Fault;
  const std::string name = path_.string();
  const int error = connection_ ? sqlite3_system_errno(connection_.get()) : 0;
  const std::string why =
      error != 0 ? std::generic_category().message(error) : std::string(sqlite3_errstr(code));
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Fault(Exit::fault, fmt::format("the journal {} is locked by another program", name),
                  "see who has it with: fuser " + name);
    case SQLITE_FULL:
      throw Fault(Exit::fault,
                  fmt::format("cannot write to the journal {}: the disk is full", name),
                  "free some space on that disk and try again; nothing was lost");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw Fault(Exit::fault, fmt::format("cannot write to the journal {}: it is read-only", name),
                  "check who owns it and its permissions; reading it works");
    case SQLITE_NOTADB:
      throw Fault(Exit::fault, fmt::format("{} is not a journal", name),
                  "check that it is the file you meant");
    case SQLITE_CORRUPT:
      throw Malformed(fmt::format("the journal {} cannot be read: {}", name, why),
                      "the disk fails or the file is damaged: \"tocsin record verify\" says which");
    case SQLITE_CANTOPEN:
      throw Fault(Exit::fault, fmt::format("cannot open the journal {}: {}", name, why),
                  "check the path, who owns it, and the permissions of its folder");
    case SQLITE_NOMEM:
      throw Fault(Exit::fault, fmt::format("no memory to read the journal {}", name));
    default:
      throw Fault(Exit::fault, fmt::format("the journal {} failed: {}", name, why),
                  "check the disk that holds it");
  }
}

void Statement::Finalise::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Statement::Statement(Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* raw = nullptr;
  const int code =
      sqlite3_prepare_v3(database.connection_.get(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  statement_.reset(raw);
  if (code != SQLITE_OK) database.fail(code);
}

Statement& Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
  return *this;
}

Statement& Statement::bind(int index, base::ByteView value) {
  // A null pointer would bind NULL, but an empty value is a value.
  const void* bytes = value.empty() ? "" : static_cast<const void*>(value.data());
  sqlite3_bind_blob64(statement_.get(), index, bytes, value.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind(int index, std::string_view value) {
  const char* text = value.empty() ? "" : value.data();  // as above
  sqlite3_bind_text64(statement_.get(), index, text, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_null(int index) {
  sqlite3_bind_null(statement_.get(), index);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement_.get());
  if (code != SQLITE_DONE) database_->fail(code);
  return false;
}

void Statement::run() {
  const Use use{*this};
  step();
}

void Statement::reset() noexcept { sqlite3_reset(statement_.get()); }

std::int64_t Statement::integer(int column) const noexcept {
  return sqlite3_column_int64(statement_.get(), column);
}

base::ByteView Statement::bytes(int column) const noexcept {
  const auto* first =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {first, static_cast<std::size_t>(size)};
}

std::string_view Statement::text(int column) const noexcept { return base::text_of(bytes(column)); }

bool Statement::is_null(int column) const noexcept {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Transaction::Transaction(Database& database, Statement& begin) : database_(database) {
  begin.run();
}

Transaction::~Transaction() {
  if (open_) database_.roll_back();
}

void Transaction::commit(Statement& commit) {
  commit.run();
  open_ = false;
}

}  // namespace tocsin::journal
