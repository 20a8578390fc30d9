// What a relay keeps: ciphertext in mailboxes, until its reader has it or it expires, and the ids
// of both for as long. One SQLite file, one thread. Changes between `begin` and `commit` happen
// together or not at all; a fault (disk full) leaves the store as it was before `begin`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "seal/key.h"
#include "wire/messages.h"

struct sqlite3;

namespace tocsin::relay {

struct Deposit {
  seal::KeyId mailbox;
  seal::MessageId id;
  base::Instant expires;
  base::ByteView envelope;
  std::optional<seal::KeyId> receipts;  // the mailbox that is told when this was taken
};

class Statement;  // of SQL

enum class Kept : std::uint8_t { stored, already, full };
struct Put {
  Kept kept = Kept::full;
  std::uint64_t cursor = 0;  // of what was stored
};

// Something new in a mailbox.
struct Arrival {
  seal::KeyId mailbox;
  std::uint64_t cursor = 0;
  wire::ItemKind kind = wire::ItemKind::message;
  seal::MessageId id;
  base::Instant expires;
  base::ByteView envelope;  // as the deposit's; empty for a receipt
};

// A mailbox that devices of one organisation may write to.
struct OpenMailbox {
  seal::KeyId organisation;  // its enrolment mailbox
  base::Instant until;
};

class Store {
 public:
  // An empty path keeps everything in memory. Faults name the file and say why.
  // Cursors start above those that any store made before `now` has given out.
  Store(const std::filesystem::path& path, std::uint64_t most_bytes, base::Instant now);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  void begin();
  // All or nothing from here on, also when the process is killed. That it outlives the machine's
  // power takes a sync of `log`, which may be done by another thread: see Disk.
  void commit();
  void roll_back() noexcept;

  Put put(const Deposit& deposit, std::size_t capacity);
  // Destroys the envelopes up to `cursor` and leaves a receipt where one was asked for, unless
  // there are `capacity` items already. Returns those receipts.
  std::vector<Arrival> acknowledge(const seal::KeyId& mailbox, std::uint64_t cursor,
                                   std::size_t capacity);
  // A page of what lies beyond `after` and has not expired at `now`, oldest first.
  std::vector<wire::Item> read(const seal::KeyId& mailbox, std::uint64_t after, base::Instant now);
  // Beyond all that this store has given out a cursor is another store's, before a restore, and
  // its reader has seen nothing.
  std::uint64_t seen(std::uint64_t after) const noexcept {
    return after >= next_cursor_ ? 0 : after;
  }
  // Not taken, and not yet forgotten. Touches no disk.
  bool holds(const seal::KeyId& mailbox, std::uint64_t cursor) const;

  std::size_t count() const noexcept;  // of items that nobody has taken
  // Where commits are until `tidy`; empty for a store in memory.
  std::filesystem::path log() const;
  // Moves what is committed from the log into the store's file and empties the log, durably. Call
  // when there is time, or `log_bytes` are many.
  void tidy();
  std::uint64_t log_bytes() const noexcept { return log_bytes_; }

  // Forgets, ids and all, what expired at or before `now`. Own transaction.
  void expire(base::Instant now);

  // Faults when the largest message could not be kept. Leaves nothing; own transactions.
  void try_writing();

  void open_mailbox(const seal::KeyId& mailbox, const OpenMailbox& open);
  std::map<seal::KeyId, OpenMailbox> open_mailboxes();

 private:
  struct Statements;
  struct Name {  // of a message, for as long as it has not expired
    seal::KeyId mailbox;
    seal::MessageId id;
    friend bool operator==(const Name&, const Name&) = default;
  };
  struct HashOf {
    std::size_t operator()(const Name& name) const noexcept;
    std::size_t operator()(const seal::KeyId& mailbox) const noexcept;
  };
  using Cursors = std::vector<std::uint64_t>;  // ascending

  void run(const char* sql);
  std::int64_t number(const char* sql) const;
  void change(Statement& statement);
  [[noreturn]] void fail() const;
  void load();
  void settle_folder() const;
  bool has_room(const seal::KeyId& mailbox, std::size_t capacity) const;
  std::uint64_t append(const Deposit& deposit, wire::ItemKind kind);
  Deposit take(const seal::KeyId& mailbox, std::uint64_t cursor);

  std::filesystem::path path_;
  sqlite3* database_ = nullptr;
  std::unique_ptr<Statements> statements_;
  std::uint64_t next_cursor_ = 1;
  std::unordered_map<seal::KeyId, Cursors, HashOf> waiting_;  // mailboxes that have something
  std::unordered_set<Name, HashOf> known_;
  std::uint64_t page_bytes_ = 0;
  std::uint64_t log_bytes_ = 0;
};

}  // namespace tocsin::relay
