#include "relay/store/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/fault.h"
#include "relay/store/statement.h"

namespace tocsin::relay {

namespace {

constexpr int kFormat = 1;
constexpr std::int64_t kApplicationId = 0x544f4352;  // "TOCR"
// Of a new store. A usual request has 2 KiB: seven fit into a page, but only one into the 4 KiB
// that are SQLite's default.
constexpr std::uint64_t kPageBytes = 16'384;

// Rows are only added at the end. Mailboxes and ids are random, so that with an index by them each
// message would change pages of its own. A row that is `taken` stays until it expires, so that a
// late retry is recognised. Envelopes have a table of their own, so that `item` is read quickly.
constexpr const char* kSchema = R"sql(
CREATE TABLE IF NOT EXISTS item(
  cursor INTEGER PRIMARY KEY,
  mailbox BLOB NOT NULL,
  id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  receipts BLOB,
  taken INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS envelope(
  cursor INTEGER PRIMARY KEY,
  content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS open_mailbox(
  mailbox BLOB PRIMARY KEY,
  organisation BLOB NOT NULL,
  until INTEGER NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char* kPut =
    "INSERT INTO item(cursor, mailbox, id, kind, expires, receipts) VALUES(?,?,?,?,?,?)";
constexpr const char* kPutEnvelope = "INSERT INTO envelope(cursor, content) VALUES(?,?)";
constexpr const char* kRead =
    "SELECT kind, id, expires, content FROM item LEFT JOIN envelope USING(cursor) WHERE cursor=?";
constexpr const char* kLoad = "SELECT cursor, mailbox, id, kind, taken FROM item ORDER BY cursor";
constexpr const char* kTaken = "SELECT id, expires, receipts FROM item WHERE cursor=?";
constexpr const char* kTake = "UPDATE item SET taken=1 WHERE cursor=?";
constexpr const char* kDropEnvelope = "DELETE FROM envelope WHERE cursor=?";
constexpr const char* kExpireEnvelopes =
    "DELETE FROM envelope WHERE cursor IN (SELECT cursor FROM item WHERE expires<=?)";
constexpr const char* kExpire = "DELETE FROM item WHERE expires<=?";
constexpr const char* kClose = "DELETE FROM open_mailbox WHERE until<=?";
constexpr const char* kOpen =
    "INSERT INTO open_mailbox(mailbox, organisation, until) VALUES(?,?,?) "
    "ON CONFLICT(mailbox) DO UPDATE SET organisation=excluded.organisation, until=excluded.until";
constexpr const char* kOpened = "SELECT mailbox, organisation, until FROM open_mailbox";

constexpr auto kReceipt = static_cast<std::int64_t>(wire::ItemKind::receipt);

std::int64_t milliseconds(base::Instant instant) { return instant.time_since_epoch().count(); }

}  // namespace

struct Store::Statements {
  explicit Statements(sqlite3* database)
      : put(database, kPut),
        put_envelope(database, kPutEnvelope),
        read(database, kRead),
        load(database, kLoad),
        taken(database, kTaken),
        take(database, kTake),
        drop_envelope(database, kDropEnvelope),
        expire_envelopes(database, kExpireEnvelopes),
        expire(database, kExpire),
        close(database, kClose),
        open(database, kOpen),
        opened(database, kOpened) {}
  Statement put, put_envelope, read, load, taken, take, drop_envelope, expire_envelopes, expire,
      close, open, opened;
};

// Key ids and message ids are random already.
std::size_t Store::HashOf::operator()(const seal::KeyId& mailbox) const noexcept {
  std::size_t hash = 0;
  std::memcpy(&hash, mailbox.bytes.data(), sizeof hash);
  return hash;
}
std::size_t Store::HashOf::operator()(const Name& name) const noexcept {
  std::size_t id = 0;
  std::memcpy(&id, name.id.bytes.data(), sizeof id);
  return (*this)(name.mailbox) ^ id;
}

Store::Store(const std::filesystem::path& path, std::uint64_t most_bytes, base::Instant now)
    : path_(path) {
  const bool in_memory = path.empty();
  const std::string name = in_memory ? ":memory:" : path.string();
  // Created here, because a file that SQLite creates can be read by everybody on the machine. When
  // this fails, SQLite says why.
  if (!in_memory) ::close(::open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  if (sqlite3_open_v2(name.c_str(), &database_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    const std::string reason = sqlite3_errmsg(database_);
    sqlite3_close(database_);
    throw base::Fault(base::Exit::fault,
                      fmt::format("cannot open the relay's store {}: {}", name, reason));
  }
  try {
    sqlite3_busy_timeout(database_, 0);
    run("PRAGMA locking_mode=EXCLUSIVE");  // one relay, one store
    run(fmt::format("PRAGMA page_size={}", kPageBytes).c_str());
    run(in_memory ? "PRAGMA journal_mode=MEMORY" : "PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=NORMAL");  // Disk syncs the log, on another thread
    run("PRAGMA secure_delete=ON");    // what was taken is overwritten
    run("PRAGMA wal_autocheckpoint=0");
    page_bytes_ = static_cast<std::uint64_t>(number("PRAGMA page_size"));
    run(fmt::format("PRAGMA max_page_count={}", most_bytes / page_bytes_).c_str());
    sqlite3_wal_hook(
        database_,
        [](void* store, sqlite3*, const char*, int pages) {
          auto& self = *static_cast<Store*>(store);
          self.log_bytes_ = static_cast<std::uint64_t>(pages) * self.page_bytes_;
          return SQLITE_OK;
        },
        this);
    const std::int64_t found = number("PRAGMA user_version");
    if (found != 0 && found != kFormat)
      throw base::Fault(
          base::Exit::fault,
          fmt::format("{} has format {}, which this version cannot read", name, found),
          "use the version of tocsin that wrote it, or another --store");
    run(kSchema);
    run(fmt::format("PRAGMA user_version={}; PRAGMA application_id={}", kFormat, kApplicationId)
            .c_str());
    statements_ = std::make_unique<Statements>(database_);
    load();
    next_cursor_ =
        static_cast<std::uint64_t>(std::max(number("SELECT coalesce(max(cursor), 0) FROM item") + 1,
                                            std::max(milliseconds(now), std::int64_t{0}) * 1'000));
    if (!in_memory) settle_folder();
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

std::int64_t Store::number(const char* sql) const {
  Statement statement{database_, sql};
  if (statement.step() != SQLITE_ROW) fail();
  return statement.column_integer(0);
}

void Store::change(Statement& statement) {
  if (statement.step() != SQLITE_DONE) fail();
  statement.restart();
}

void Store::begin() { run("BEGIN IMMEDIATE"); }

void Store::commit() { run("COMMIT"); }

std::filesystem::path Store::log() const {
  return path_.empty() ? path_ : std::filesystem::path{path_.string() + "-wal"};
}

void Store::tidy() {
  if (sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) !=
      SQLITE_OK)
    fail();
  log_bytes_ = 0;
}

// Syncs the folder, so that the files themselves outlive a loss of power. From then on syncing the
// log is enough.
void Store::settle_folder() const {
  const std::filesystem::path folder = path_.has_parent_path() ? path_.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool settled = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!settled)
    throw base::Fault(
        base::Exit::fault,
        fmt::format("the relay's store {}: its folder cannot be synced", path_.string()));
}

void Store::roll_back() noexcept {
  // After some errors SQLite has rolled back already; then there is nothing to do.
  if (sqlite3_get_autocommit(database_) == 0)
    sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
  load();
}

void Store::load() {
  waiting_.clear();
  known_.clear();
  Statement& load = statements_->load.restart();
  while (load.step() == SQLITE_ROW) {
    const auto mailbox = load.column_name<seal::KeyId>(1);
    if (load.column_integer(3) != kReceipt)
      known_.insert({mailbox, load.column_name<seal::MessageId>(2)});
    if (load.column_integer(4) == 0)
      waiting_[mailbox].push_back(static_cast<std::uint64_t>(load.column_integer(0)));
  }
  load.restart();
}

bool Store::has_room(const seal::KeyId& mailbox, std::size_t capacity) const {
  const auto found = waiting_.find(mailbox);
  return found == waiting_.end() || found->second.size() < capacity;
}

std::uint64_t Store::append(const Deposit& deposit) {
  const auto cursor = static_cast<std::int64_t>(next_cursor_);
  Statement& put = statements_->put.restart();
  put.integer(cursor)
      .blob(deposit.mailbox.bytes)
      .blob(deposit.id.bytes)
      .integer(static_cast<std::int64_t>(deposit.kind))
      .integer(milliseconds(deposit.expires));
  if (deposit.receipts)
    put.blob(deposit.receipts->bytes);
  else
    put.null();
  change(put);
  if (deposit.kind != wire::ItemKind::receipt)
    change(statements_->put_envelope.restart().integer(cursor).blob(deposit.envelope));
  waiting_[deposit.mailbox].push_back(next_cursor_);
  return next_cursor_++;
}

Put Store::put(const Deposit& deposit, std::size_t capacity) {
  const Name name{deposit.mailbox, deposit.id};
  if (known_.contains(name)) return {Kept::already};
  if (!has_room(deposit.mailbox, capacity)) return {Kept::full};
  const std::uint64_t cursor = append(deposit);
  known_.insert(name);
  return {Kept::stored, cursor};
}

// Marks an item as taken, and returns the receipt to leave for it, if one was asked for.
Deposit Store::take(const seal::KeyId& mailbox, std::uint64_t cursor) {
  const auto row = static_cast<std::int64_t>(cursor);
  Deposit deposit{mailbox, {}, {}, {}, std::nullopt};
  Statement& taken = statements_->taken.restart().integer(row);
  if (taken.step() != SQLITE_ROW) fail();
  deposit.id = taken.column_name<seal::MessageId>(0);
  deposit.expires = taken.column_instant(1);
  if (!taken.column_blob(2).empty()) deposit.receipts = taken.column_name<seal::KeyId>(2);
  taken.restart();
  change(statements_->take.restart().integer(row));
  change(statements_->drop_envelope.restart().integer(row));
  return deposit;
}

std::vector<Arrival> Store::acknowledge(const seal::KeyId& mailbox, std::uint64_t cursor,
                                        std::size_t capacity) {
  const auto found = waiting_.find(mailbox);
  if (found == waiting_.end()) return {};
  const auto end = std::upper_bound(found->second.begin(), found->second.end(), cursor);
  const Cursors taken{found->second.begin(), end};
  found->second.erase(found->second.begin(), end);
  if (found->second.empty()) waiting_.erase(found);

  std::vector<Arrival> told;
  for (const std::uint64_t one : taken) {
    const Deposit left = take(mailbox, one);
    if (!left.receipts || !has_room(*left.receipts, capacity)) continue;
    const Deposit receipt{*left.receipts,         left.id, left.expires, {}, std::nullopt,
                          wire::ItemKind::receipt};
    const std::uint64_t at = append(receipt);
    told.push_back({receipt.mailbox, at, wire::ItemKind::receipt, receipt.id, receipt.expires, {}});
  }
  return told;
}

std::vector<wire::Item> Store::read(const seal::KeyId& mailbox, std::uint64_t after,
                                    base::Instant now) {
  std::vector<wire::Item> items;
  const auto found = waiting_.find(mailbox);
  if (found == waiting_.end()) return items;
  after = seen(after);
  std::size_t bytes = 0;
  const Cursors& cursors = found->second;
  for (auto at = std::upper_bound(cursors.begin(), cursors.end(), after);
       at != cursors.end() && items.size() < wire::kMostItems; ++at) {
    Statement& read = statements_->read.restart().integer(static_cast<std::int64_t>(*at));
    if (read.step() != SQLITE_ROW) fail();
    const base::Instant expires = read.column_instant(2);
    if (expires <= now) continue;
    const base::ByteView envelope = read.column_blob(3);
    bytes += envelope.size();
    if (!items.empty() && bytes > wire::kMostPageBytes) break;
    items.push_back({*at,
                     static_cast<wire::ItemKind>(read.column_integer(0)),
                     read.column_name<seal::MessageId>(1),
                     expires,
                     {envelope.begin(), envelope.end()}});
  }
  statements_->read.restart();
  return items;
}

bool Store::holds(const seal::KeyId& mailbox, std::uint64_t cursor) const {
  const auto found = waiting_.find(mailbox);
  return found != waiting_.end() &&
         std::binary_search(found->second.begin(), found->second.end(), cursor);
}

std::size_t Store::count() const noexcept {
  std::size_t count = 0;
  for (const auto& [mailbox, cursors] : waiting_) count += cursors.size();
  return count;
}

void Store::expire(base::Instant now) {
  begin();
  try {
    change(statements_->expire_envelopes.restart().integer(milliseconds(now)));
    change(statements_->expire.restart().integer(milliseconds(now)));
    const bool any = sqlite3_changes(database_) > 0;
    change(statements_->close.restart().integer(milliseconds(now)));
    commit();
    if (any) load();
  } catch (...) {
    roll_back();
    throw;
  }
}

// No item has cursor 0, so that no reader gets this envelope when the relay ends in between.
void Store::try_writing() {
  run(fmt::format("INSERT OR REPLACE INTO envelope(cursor, content) VALUES(0, zeroblob({}));"
                  "DELETE FROM envelope WHERE cursor=0",
                  wire::kMostEnvelopeBytes)
          .c_str());
}

void Store::open_mailbox(const seal::KeyId& mailbox, const OpenMailbox& open) {
  Statement& statement = statements_->open.restart();
  statement.blob(mailbox.bytes).blob(open.organisation.bytes).integer(milliseconds(open.until));
  change(statement);
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
