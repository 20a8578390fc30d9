// What a relay keeps: ciphertext in mailboxes, until its reader takes it or it expires, and message
// ids until they expire. One SQLite file, one thread. Changes between `begin` and `commit` happen
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
  std::optional<seal::KeyId> receipts;  // the mailbox that gets a receipt when this was taken
  wire::ItemKind kind = wire::ItemKind::message;
};

class Statement;  // of SQL

enum class Kept : std::uint8_t { stored, already, full };
struct Put {
  Kept kept = Kept::full;
  std::uint64_t cursor = 0;  // of the stored item
};

// A new item in a mailbox.
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
  // An empty path keeps everything in memory. Faults name the file and say why. Cursors start above
  // all that any earlier store has given out, as they grow with `now`.
  Store(const std::filesystem::path& path, std::uint64_t most_bytes, base::Instant now);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  void begin();
  // From here on the changes outlive the process. To outlive a loss of power they need a sync of
  // `log`, which another thread may do: see Disk.
  void commit();
  void roll_back() noexcept;

  Put put(const Deposit& deposit, std::size_t capacity);
  // Destroys the envelopes up to `cursor`, and stores and returns the receipts that were asked for.
  // A mailbox with `capacity` items gets none.
  std::vector<Arrival> acknowledge(const seal::KeyId& mailbox, std::uint64_t cursor,
                                   std::size_t capacity);
  // A page of the items beyond `after` that have not expired at `now`, oldest first.
  std::vector<wire::Item> read(const seal::KeyId& mailbox, std::uint64_t after, base::Instant now);
  // The cursor to read from. One that this store has not given out yet is from before an older copy
  // was restored: its reader has seen nothing of this store, and starts at 0.
  std::uint64_t seen(std::uint64_t after) const noexcept {
    return after >= next_cursor_ ? 0 : after;
  }
  // Whether this item is there: neither taken nor forgotten. Reads no disk.
  bool holds(const seal::KeyId& mailbox, std::uint64_t cursor) const;

  std::size_t count() const noexcept;  // of items that nobody has taken
  // The file that holds commits until `tidy`; empty for a store in memory.
  std::filesystem::path log() const;
  // Moves what is committed from the log into the store's file and empties the log, durably. Call
  // it in quiet moments, or when `log_bytes` has grown large.
  void tidy();
  std::uint64_t log_bytes() const noexcept { return log_bytes_; }

  // Forgets what expired at or before `now`, ids included. A transaction of its own.
  void expire(base::Instant now);

  // Writes the largest message and removes it again, in transactions of its own. Faults when that
  // fails.
  void try_writing();

  void open_mailbox(const seal::KeyId& mailbox, const OpenMailbox& open);
  std::map<seal::KeyId, OpenMailbox> open_mailboxes();

 private:
  struct Statements;
  struct Name {  // of a message that has not expired
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
  std::uint64_t append(const Deposit& deposit);
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
