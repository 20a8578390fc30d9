#include "journal/sqlite.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

#include "base/fault.h"
#include "journal/file.h"
#include "journal/handover.h"
#include "journal/lease.h"
#include "journal/mandate.h"

namespace tocsin::journal {

namespace {

using base::Exit;
using base::Fault;

[[noreturn]] void untrusted(const std::filesystem::path& path, std::uint64_t number,
                            std::string_view what) {
  throw Fault(Exit::untrusted, fmt::format("event {} of {} {}", number, path.string(), what),
              "keep the file as it is, see what `tocsin record verify` says, and go on with a copy "
              "from a backup");
}

seal::Hash hash_from(base::ByteView bytes) {
  seal::Hash hash{};  // bytes of a wrong length become a hash that matches nothing
  if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

std::int64_t row_number(std::uint64_t number) { return static_cast<std::int64_t>(number); }

}  // namespace

Description describe(const std::filesystem::path& path) {
  File file = open_file(path, Database::Mode::read);
  Statement size(file.database, "SELECT max(number) FROM event");
  size.step();
  return {file.id, std::move(file.wrapped_key), static_cast<std::uint64_t>(size.integer(0))};
}

seal::StoreKey open_store_key(const std::filesystem::path& path, const seal::OpeningKey& reader) {
  const Description journal = describe(path);
  std::optional<base::Bytes> opened =
      seal::unwrap(journal.wrapped_key, reader, key_purpose(journal.id));
  if (!opened || opened->size() != seal::StoreKey::size())
    throw Fault(Exit::untrusted, fmt::format("{} is not for this coordinator's key", path.string()),
                "ask a coordinator who may read it");
  seal::StoreKey key;
  std::copy(opened->begin(), opened->end(), key.fill().begin());
  seal::wipe(*opened);
  return key;
}

std::optional<base::Bytes> first_body(const std::filesystem::path& path,
                                      const seal::StoreKey& key) {
  File file = open_file(path, Database::Mode::read);
  Statement first(file.database, "SELECT body FROM event WHERE number = 1");
  if (!first.step()) return std::nullopt;
  return seal::open_at_rest(key, body_aad(file.id, 1), first.bytes(0));
}

std::unique_ptr<SqliteJournal> SqliteJournal::create(const std::filesystem::path& path,
                                                     const JournalId& id, seal::StoreKey key,
                                                     base::ByteView wrapped_key,
                                                     std::optional<Author> author,
                                                     base::Random& random) {
  create_file(path, id, seal::seal_at_rest(key, body_aad(id, 0), {}, random), wrapped_key);
  auto journal = open(path, std::move(key), std::move(author), random);
  journal->remembered_.write(journal->verified_);
  return journal;
}

std::unique_ptr<SqliteJournal> SqliteJournal::open(const std::filesystem::path& path,
                                                   seal::StoreKey key, std::optional<Author> author,
                                                   base::Random& random) {
  File file = open_file(path, author ? Database::Mode::append : Database::Mode::read);
  if (!seal::open_at_rest(key, body_aad(file.id, 0), file.proof))
    throw Fault(Exit::untrusted, fmt::format("the key does not open {}", path.string()),
                "the key belongs to another journal, or the file was changed");
  return std::unique_ptr<SqliteJournal>(
      new SqliteJournal(std::move(file), std::move(key), std::move(author), random, path));
}

SqliteJournal::SqliteJournal(File file, seal::StoreKey key, std::optional<Author> author,
                             base::Random& random, const std::filesystem::path& path)
    : database_(std::move(file.database)),
      id_(file.id),
      key_(std::move(key)),
      random_(random),
      start_(first_hash(file.id, file.proof)),
      verified_{0, start_},
      remembered_(path),
      begin_(database_, "BEGIN IMMEDIATE"),
      commit_(database_, "COMMIT"),
      tail_(database_, "SELECT number, hash FROM event ORDER BY number DESC LIMIT 1"),
      hash_at_(database_, "SELECT hash FROM event WHERE number = ?"),
      scan_(database_, "SELECT number, hash, body FROM event WHERE number >= ? ORDER BY number"),
      insert_(database_, "INSERT INTO event VALUES (?, ?, ?, ?, ?)"),
      find_author_(database_, "SELECT number FROM author WHERE certificate = ?"),
      insert_author_(database_, "INSERT INTO author(certificate) VALUES (?) RETURNING number"),
      lease_owner_(database_, SqliteLease::kOwner),
      data_version_(database_, "PRAGMA data_version") {
  if (author) {
    TOCSIN_ASSERT(author->key.verify_key() == author->certificate.subject.verify);
    base::Bytes certificate = seal::encode(author->certificate);
    const seal::Hash hash = seal::hash_of(certificate);
    signer_.emplace(
        Signer{author->key, author->certificate, std::move(certificate), hash, std::nullopt});
    // One fdatasync a transaction. Every 256 KiB the log is copied into the file and then
    // overwritten: syncing a write that does not make the file longer costs a third less.
    if (!database_.is_read_only())
      database_.execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 256");
  }
  has_news();
  check_remembered_head();
}

void SqliteJournal::check_remembered_head() {
  // Read it before the journal's end: another process may append in between, and both would move.
  const std::optional<Head> remembered = remembered_.read();
  if (!remembered) return;
  const Head last = tail();
  const std::string hint =
      fmt::format("its tail was cut, or an older copy was put back; if you know why, remove {}",
                  remembered_.path().string());
  if (last.number < remembered->number)
    throw Fault(Exit::untrusted,
                fmt::format("{} ends at event {}, but had {} before", database_.path().string(),
                            last.number, remembered->number),
                hint);
  if (stored_hash(remembered->number) != remembered->hash)
    throw Fault(Exit::untrusted,
                fmt::format("event {} of {} is not the one that was there before",
                            remembered->number, database_.path().string()),
                hint);
}

// The last event as it is stored.
Head SqliteJournal::tail() {
  TOCSIN_ASSERT(!reading_);
  const Use last{tail_};
  if (!last->step()) return {0, start_};
  return {static_cast<std::uint64_t>(last->integer(0)), hash_from(last->bytes(1))};
}

seal::Hash SqliteJournal::stored_hash(std::uint64_t number) {
  if (number == 0) return start_;
  const Use stored{hash_at_};
  stored->bind(1, row_number(number));
  return stored->step() ? hash_from(stored->bytes(0)) : seal::Hash{};
}

std::uint64_t SqliteJournal::size() { return tail().number; }

seal::Hash SqliteJournal::head() {
  read_after(UINT64_MAX, [](const Entry&) {});
  return verified_.hash;
}

template <class Take>
void SqliteJournal::scan_after(std::uint64_t after, const Take& take) {
  // Start no later than the last checked event, so that every event is checked. Those up to `after`
  // are checked but not opened.
  const Head known = verified_;
  std::uint64_t number = std::min(after, known.number);
  seal::Hash hash = start_;
  const Use scan{scan_};
  scan->bind(1, row_number(number));
  if (number > 0) {
    if (!scan->step() || scan->integer(0) != row_number(number))
      untrusted(database_.path(), number, "was there before and is missing");
    hash = hash_from(scan->bytes(1));
    if (number == known.number && hash != known.hash)
      untrusted(database_.path(), number, "is not the one that was there before");
  }
  while (scan->step()) {
    ++number;
    if (scan->integer(0) != row_number(number)) untrusted(database_.path(), number, "is missing");
    const base::ByteView body = scan->bytes(2);
    hash = next_hash(hash, number, body);
    if (hash_from(scan->bytes(1)) != hash)
      untrusted(database_.path(), number, "does not follow from the one before it");
    if (number == known.number && hash != known.hash)
      untrusted(database_.path(), number, "is not the one that was there before");
    std::optional<base::Bytes> opened;
    if (number > after) {
      opened = seal::open_at_rest(key_, body_aad(id_, number), body);
      if (!opened) untrusted(database_.path(), number, "does not open");
    }
    if (!take(Head{number, hash}, opened ? base::ByteView{*opened} : base::ByteView{})) return;
  }
  if (number < known.number)
    untrusted(database_.path(), number + 1, "was there before and is missing");
}

void SqliteJournal::read_after(std::uint64_t after, const Visit& visit) {
  const std::uint64_t size = tail().number;
  struct Reading {
    explicit Reading(bool& flag) : flag_(flag) { flag_ = true; }
    ~Reading() { flag_ = false; }
    bool& flag_;
  } const reading{reading_};
  const auto take = [&](const Head& head, base::ByteView body) {
    if (head.number > after) visit({head.number, body});
    if (head.number > verified_.number) verified_ = head;
    return true;
  };
  // Checking and opening events takes as long as folding them, so a long journal uses two threads.
  constexpr std::uint64_t kWorthAThread = 1'000;
  if (size < std::min(after, verified_.number) + kWorthAThread)
    scan_after(after, take);
  else
    scan_ahead(after, take);
}

template <class Take>
void SqliteJournal::scan_ahead(std::uint64_t after, const Take& take) {
  struct Checked {
    Head head;
    std::size_t size = 0;
  };
  struct Batch {
    std::vector<Checked> events;
    base::Bytes bodies;  // one after the other
  };
  constexpr std::size_t kBatch = 256;
  Handover<Batch> handover;
  std::jthread maker{[&] {
    Batch batch;
    std::exception_ptr why;
    try {
      scan_after(after, [&](const Head& head, base::ByteView body) {
        batch.events.push_back({head, body.size()});
        batch.bodies.insert(batch.bodies.end(), body.begin(), body.end());
        return batch.events.size() < kBatch || handover.give(std::exchange(batch, {}));
      });
    } catch (...) {
      why = std::current_exception();
    }
    handover.give(std::move(batch));  // the taker gets the sound events before the fault
    handover.finish(why);
  }};
  struct Leaving {
    ~Leaving() { handover.leave(); }
    Handover<Batch>& handover;
  } const leaving{handover};
  while (const std::optional<Batch> batch = handover.take()) {
    base::ByteView left = batch->bodies;
    for (const Checked& event : batch->events) {
      take(event.head, left.first(event.size));
      left = left.subspan(event.size);
    }
  }
}

bool SqliteJournal::is_in_force(Fence fence) {
  if (fence == Fence{}) return true;
  const Use owner{lease_owner_};
  return owner->step() && SqliteLease::number_in(owner->bytes(0)) == fence.number;
}

Append SqliteJournal::append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                             Fence fence) {
  TOCSIN_ASSERT(signer_.has_value() && !reading_);
  // The signature covers the whole chain, so the author checks all of it before signing.
  if (verified_.number < expected_size) head();
  if (verified_.number != expected_size) return Append::moved_on;
  if (bodies.empty()) {
    if (!is_in_force(fence)) return Append::superseded;
    return size() == expected_size ? Append::done : Append::moved_on;
  }

  // Seal, hash and sign before taking the lock, which other processes wait for.
  struct Row {
    seal::Hash hash;
    base::Bytes body;
  };
  std::vector<Row> rows;
  rows.reserve(bodies.size());
  Head head = verified_;
  for (const base::Bytes& body : bodies) {
    TOCSIN_ASSERT(body.size() <= kBodyBytesMost);
    ++head.number;
    base::Bytes sealed = seal::seal_at_rest(key_, body_aad(id_, head.number), body, random_);
    head.hash = next_hash(head.hash, head.number, sealed);
    rows.push_back({head.hash, std::move(sealed)});
  }
  const seal::Signature signature = signer_->key.sign(
      seal::Domain::journal,
      attestation(id_, expected_size + 1, head.number, head.hash, signer_->certificate_hash));

  Transaction transaction(database_, begin_);
  if (!is_in_force(fence)) return Append::superseded;
  const Head last = tail();
  if (last.number > expected_size) return Append::moved_on;
  if (last != verified_)
    untrusted(database_.path(), expected_size, "was there before and is not there now");
  const std::int64_t author = author_row();
  std::uint64_t number = expected_size;
  for (const Row& row : rows) {
    insert_.bind(1, row_number(++number)).bind(2, row.hash).bind(3, row.body);
    if (number == head.number)
      insert_.bind(4, author).bind(5, signature.bytes);
    else
      insert_.bind_null(4).bind_null(5);
    insert_.run();
  }
  transaction.commit(commit_);
  signer_->row = author;
  verified_ = head;
  remembered_.write(head);
  return Append::done;
}

// Must run inside a transaction.
std::int64_t SqliteJournal::author_row() {
  if (signer_->row) return *signer_->row;
  {
    const Use find{find_author_};
    find->bind(1, signer_->certificate);
    if (find->step()) return find->integer(0);
  }
  const Use insert{insert_author_};
  insert->bind(1, signer_->certificate);
  insert->step();
  return insert->integer(0);
}

void SqliteJournal::check_time(base::Instant at) const {
  if (signer_) check_mandate(signer_->person, at);
}

bool SqliteJournal::has_news() {
  TOCSIN_ASSERT(!reading_);
  const Use version{data_version_};
  version->step();
  const std::int64_t before = version_seen_;
  version_seen_ = version->integer(0);
  return version_seen_ != before;
}

void SqliteJournal::forget() {
  database_.roll_back();
  database_.forget();
}

std::unique_ptr<Lease> SqliteJournal::lease() {
  return std::make_unique<SqliteLease>(database_, key_, id_, random_);
}

}  // namespace tocsin::journal
