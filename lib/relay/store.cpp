#include "relay/store.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <limits>

#include "base/fault.h"

namespace tocsin::relay {

namespace wire = channel::wire;

namespace {

constexpr int kFormat = 1;
constexpr std::int64_t kApplicationId = 0x544f4352;  // "TOCR"
constexpr std::uint64_t kPageBytes = 4'096;

// `envelope` is NULL once it was taken: the id stays until it expires, so that a late retry is
// known.
constexpr const char* kSchema = R"sql(
CREATE TABLE IF NOT EXISTS item(
  cursor INTEGER PRIMARY KEY,
  mailbox BLOB NOT NULL,
  id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  receipts BLOB,
  envelope BLOB);
CREATE UNIQUE INDEX IF NOT EXISTS item_id ON item(mailbox, id, kind);
CREATE INDEX IF NOT EXISTS item_waiting ON item(mailbox, cursor) WHERE envelope IS NOT NULL;
CREATE INDEX IF NOT EXISTS item_expires ON item(expires);
CREATE TABLE IF NOT EXISTS open_mailbox(
  mailbox BLOB PRIMARY KEY,
  organisation BLOB NOT NULL,
  until INTEGER NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char* kPut =
    "INSERT INTO item(cursor, mailbox, id, kind, expires, receipts, envelope) "
    "VALUES(?,?,?,?,?,?,?) "
    "ON CONFLICT DO NOTHING";
constexpr const char* kIsThere = "SELECT 1 FROM item WHERE mailbox=? AND id=? AND kind=?";
constexpr const char* kRead =
    "SELECT cursor, kind, id, expires, envelope FROM item "
    "WHERE mailbox=? AND cursor>? AND expires>? AND envelope IS NOT NULL ORDER BY cursor LIMIT ?";
constexpr const char* kTaken =
    "SELECT id, expires, receipts FROM item "
    "WHERE mailbox=? AND cursor<=? AND envelope IS NOT NULL AND receipts IS NOT NULL ORDER BY "
    "cursor";
constexpr const char* kTake =
    "UPDATE item SET envelope=NULL WHERE mailbox=? AND cursor<=? AND envelope IS NOT NULL";
constexpr const char* kCount =
    "SELECT mailbox, count(*) FROM item WHERE envelope IS NOT NULL GROUP BY mailbox";
constexpr const char* kExpire = "DELETE FROM item WHERE expires<=?";
constexpr const char* kClose = "DELETE FROM open_mailbox WHERE until<=?";
constexpr const char* kOpen =
    "INSERT INTO open_mailbox(mailbox, organisation, until) VALUES(?,?,?) "
    "ON CONFLICT(mailbox) DO UPDATE SET organisation=excluded.organisation, until=excluded.until";
constexpr const char* kOpened = "SELECT mailbox, organisation, until FROM open_mailbox";

std::int64_t milliseconds(base::Instant instant) { return instant.time_since_epoch().count(); }

}  // namespace

// A prepared statement that is bound in order, stepped, and ready again after `reset`.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql) {
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
        SQLITE_OK)
      throw base::Fault(base::Exit::fault, sqlite3_errmsg(database));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& restart() noexcept {
    sqlite3_reset(statement_);
    next_ = 1;
    return *this;
  }
  Statement& integer(std::int64_t value) noexcept {
    sqlite3_bind_int64(statement_, next_++, value);
    return *this;
  }
  // The bytes must stay until the statement is restarted. Never NULL, also when empty.
  Statement& blob(base::ByteView bytes) noexcept {
    static constexpr std::uint8_t kNothing = 0;
    sqlite3_bind_blob64(statement_, next_++, bytes.empty() ? &kNothing : bytes.data(), bytes.size(),
                        SQLITE_STATIC);
    return *this;
  }
  Statement& null() noexcept {
    sqlite3_bind_null(statement_, next_++);
    return *this;
  }
  int step() noexcept { return sqlite3_step(statement_); }

  std::int64_t column_integer(int column) noexcept {
    return sqlite3_column_int64(statement_, column);
  }
  base::ByteView column_blob(int column) noexcept {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return {static_cast<const std::uint8_t*>(data), data == nullptr ? 0 : std::size_t(size)};
  }
  template <class Named>  // KeyId, MessageId
  Named column_name(int column) noexcept {
    Named named;
    const base::ByteView bytes = column_blob(column);
    if (bytes.size() == named.bytes.size())
      std::copy(bytes.begin(), bytes.end(), named.bytes.begin());
    return named;
  }
  base::Instant column_instant(int column) noexcept {
    return base::Instant{base::Milliseconds{column_integer(column)}};
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

struct Store::Statements {
  explicit Statements(sqlite3* database)
      : put(database, kPut),
        is_there(database, kIsThere),
        read(database, kRead),
        taken(database, kTaken),
        take(database, kTake),
        count(database, kCount),
        expire(database, kExpire),
        close(database, kClose),
        open(database, kOpen),
        opened(database, kOpened) {}
  Statement put, is_there, read, taken, take, count, expire, close, open, opened;
};

Store::Store(const std::filesystem::path& path, std::uint64_t most_bytes, base::Instant now)
    : path_(path) {
  const bool in_memory = path.empty();
  const std::string name = in_memory ? ":memory:" : path.string();
  if (sqlite3_open_v2(name.c_str(), &database_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    const base::Fault fault(base::Exit::fault, fmt::format("cannot open the relay's store {}: {}",
                                                           name, sqlite3_errmsg(database_)));
    sqlite3_close(database_);
    throw fault;
  }
  try {
    sqlite3_busy_timeout(database_, 0);
    run("PRAGMA locking_mode=EXCLUSIVE");  // one relay, one store
    run(in_memory ? "PRAGMA journal_mode=MEMORY" : "PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("PRAGMA secure_delete=ON");  // what was taken is overwritten, not merely unlinked
    run("PRAGMA wal_autocheckpoint=4000");
    run(fmt::format("PRAGMA max_page_count={}", most_bytes / kPageBytes).c_str());
    Statement format{database_, "PRAGMA user_version"};
    format.step();
    const std::int64_t found = format.column_integer(0);
    if (found != 0 && found != kFormat)
      throw base::Fault(
          base::Exit::fault,
          fmt::format("{} has format {}, which this version cannot read", name, found),
          "use the version of tocsin that wrote it, or another --store");
    format.restart();
    run(kSchema);
    run(fmt::format("PRAGMA user_version={}; PRAGMA application_id={}", kFormat, kApplicationId)
            .c_str());
    statements_ = std::make_unique<Statements>(database_);
    count_mailboxes();
    Statement last{database_, "SELECT coalesce(max(cursor), 0) FROM item"};
    last.step();
    next_cursor_ = static_cast<std::uint64_t>(
        std::max(last.column_integer(0) + 1, std::max(milliseconds(now), std::int64_t{0}) * 1'000));
  } catch (...) {
    statements_.reset();
    sqlite3_close(database_);
    throw;
  }
}

Store::~Store() {
  statements_.reset();
  sqlite3_close(database_);
}

void Store::fail() const {
  throw base::Fault(
      base::Exit::fault,
      fmt::format("the relay's store {}: {}", path_.empty() ? "in memory" : path_.string(),
                  sqlite3_errmsg(database_)),
      "is another relay using it, or the disk full?");
}

void Store::run(const char* sql) {
  if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void Store::begin() { run("BEGIN IMMEDIATE"); }

void Store::commit() { run("COMMIT"); }

void Store::roll_back() noexcept {
  // An error may have rolled back already; then this one fails and nothing is lost.
  if (sqlite3_get_autocommit(database_) == 0)
    sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
  count_mailboxes();
}

void Store::count_mailboxes() {
  waiting_.clear();
  Statement& count = statements_->count.restart();
  while (count.step() == SQLITE_ROW)
    waiting_[count.column_name<seal::KeyId>(0)] = static_cast<std::size_t>(count.column_integer(1));
  count.restart();
}

bool Store::has_room(const seal::KeyId& mailbox, std::size_t capacity) const {
  const auto found = waiting_.find(mailbox);
  return found == waiting_.end() || found->second < capacity;
}

Kept Store::put(const Deposit& deposit, std::size_t capacity) {
  constexpr auto kMessage = static_cast<std::int64_t>(wire::ItemKind::message);
  if (!has_room(deposit.mailbox, capacity)) {
    Statement& there = statements_->is_there.restart();
    there.blob(deposit.mailbox.bytes).blob(deposit.id.bytes).integer(kMessage);
    const bool known = there.step() == SQLITE_ROW;
    there.restart();
    return known ? Kept::already : Kept::full;
  }
  Statement& put = statements_->put.restart();
  put.integer(static_cast<std::int64_t>(next_cursor_))
      .blob(deposit.mailbox.bytes)
      .blob(deposit.id.bytes)
      .integer(kMessage)
      .integer(milliseconds(deposit.expires));
  if (deposit.receipts)
    put.blob(deposit.receipts->bytes);
  else
    put.null();
  put.blob(deposit.envelope);
  if (put.step() != SQLITE_DONE) fail();
  put.restart();
  if (sqlite3_changes(database_) == 0) return Kept::already;
  ++next_cursor_;
  ++waiting_[deposit.mailbox];
  return Kept::stored;
}

std::vector<seal::KeyId> Store::acknowledge(const seal::KeyId& mailbox, std::uint64_t cursor,
                                            std::size_t capacity) {
  // A client may name any number; SQLite's are signed.
  const auto upto = static_cast<std::int64_t>(
      std::min(cursor, std::uint64_t{std::numeric_limits<std::int64_t>::max()}));
  struct Receipt {
    seal::MessageId id;
    std::int64_t expires;
    seal::KeyId mailbox;
  };
  std::vector<Receipt> owed;
  Statement& taken = statements_->taken.restart();
  taken.blob(mailbox.bytes).integer(upto);
  while (taken.step() == SQLITE_ROW)
    owed.push_back({taken.column_name<seal::MessageId>(0), taken.column_integer(1),
                    taken.column_name<seal::KeyId>(2)});
  taken.restart();

  Statement& take = statements_->take.restart();
  take.blob(mailbox.bytes).integer(upto);
  if (take.step() != SQLITE_DONE) fail();
  take.restart();
  const auto gone = static_cast<std::size_t>(sqlite3_changes(database_));
  if (const auto found = waiting_.find(mailbox); found != waiting_.end()) {
    found->second -= std::min(found->second, gone);
    if (found->second == 0) waiting_.erase(found);
  }

  std::vector<seal::KeyId> told;
  for (const Receipt& receipt : owed) {
    if (!has_room(receipt.mailbox, capacity)) continue;
    Statement& put = statements_->put.restart();
    put.integer(static_cast<std::int64_t>(next_cursor_))
        .blob(receipt.mailbox.bytes)
        .blob(receipt.id.bytes)
        .integer(static_cast<std::int64_t>(wire::ItemKind::receipt))
        .integer(receipt.expires)
        .null()
        .blob({});
    if (put.step() != SQLITE_DONE) fail();
    put.restart();
    if (sqlite3_changes(database_) == 0) continue;
    ++next_cursor_;
    ++waiting_[receipt.mailbox];
    told.push_back(receipt.mailbox);
  }
  return told;
}

std::vector<wire::Item> Store::read(const seal::KeyId& mailbox, std::uint64_t after,
                                    base::Instant now) {
  std::vector<wire::Item> items;
  if (!waiting_.contains(mailbox)) return items;
  // Beyond all that this store has given out: the cursor of another store, before a restore.
  if (after >= next_cursor_) after = 0;
  Statement& read = statements_->read.restart();
  read.blob(mailbox.bytes)
      .integer(static_cast<std::int64_t>(after))
      .integer(milliseconds(now))
      .integer(static_cast<std::int64_t>(wire::kMostItems));
  std::size_t bytes = 0;
  int code = SQLITE_DONE;
  while ((code = read.step()) == SQLITE_ROW) {
    const base::ByteView envelope = read.column_blob(4);
    bytes += envelope.size();
    if (!items.empty() && bytes > wire::kMostPageBytes) break;
    items.push_back({static_cast<std::uint64_t>(read.column_integer(0)),
                     static_cast<wire::ItemKind>(read.column_integer(1)),
                     read.column_name<seal::MessageId>(2),
                     read.column_instant(3),
                     {envelope.begin(), envelope.end()}});
  }
  read.restart();
  if (code != SQLITE_DONE && code != SQLITE_ROW) fail();
  return items;
}

void Store::expire(base::Instant now) {
  begin();
  try {
    Statement& expire = statements_->expire.restart().integer(milliseconds(now));
    if (expire.step() != SQLITE_DONE) fail();
    expire.restart();
    const bool any = sqlite3_changes(database_) > 0;
    Statement& close = statements_->close.restart().integer(milliseconds(now));
    if (close.step() != SQLITE_DONE) fail();
    close.restart();
    commit();
    if (any) count_mailboxes();
  } catch (...) {
    roll_back();
    throw;
  }
}

void Store::open_mailbox(const seal::KeyId& mailbox, const OpenMailbox& open) {
  Statement& statement = statements_->open.restart();
  statement.blob(mailbox.bytes).blob(open.organisation.bytes).integer(milliseconds(open.until));
  if (statement.step() != SQLITE_DONE) fail();
  statement.restart();
}

std::map<seal::KeyId, OpenMailbox> Store::open_mailboxes() {
  std::map<seal::KeyId, OpenMailbox> found;
  Statement& opened = statements_->opened.restart();
  while (opened.step() == SQLITE_ROW)
    found[opened.column_name<seal::KeyId>(0)] = {opened.column_name<seal::KeyId>(1),
                                                 opened.column_instant(2)};
  opened.restart();
  return found;
}

}  // namespace tocsin::relay
