// A journal in one SQLite file (tocsin-journal(5)), shared by the processes of one machine. Bodies
// are sealed and events chained; each transaction is signed, and on the disk before `append`
// returns. For one thread at a time; a visitor must not use the journal.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/random.h"
#include "journal/chain.h"
#include "journal/database.h"
#include "journal/journal.h"
#include "journal/remembered_head.h"
#include "seal/certificate.h"

namespace tocsin::journal {

struct File;

// What a journal shows without its key.
struct Description {
  JournalId id;
  base::Bytes wrapped_key;  // seal::unwrap with key_purpose(id)
  std::uint64_t size = 0;
};
// Faults: missing, not a journal, of a newer version, damaged (untrusted).
Description describe(const std::filesystem::path& path);

// Unwraps the store key of a journal. Faults (untrusted) when it was not wrapped to `reader`.
seal::StoreKey open_store_key(const std::filesystem::path& path, const seal::OpeningKey& reader);

// The body of the first event, which says what the journal is about. Only the key is checked, no
// signature. nullopt when the journal is empty or the key does not open it.
std::optional<base::Bytes> first_body(const std::filesystem::path& path, const seal::StoreKey& key);

// Who appends. The key must outlive the journal; the certificate must be for that key.
struct Author {
  const seal::SigningKey& key;
  seal::Certificate certificate;
};

class SqliteJournal final : public Journal {
 public:
  // `wrapped_key` is seal::wrap(key, coordinators, key_purpose(id)). Faults when `path` exists.
  static std::unique_ptr<SqliteJournal> create(const std::filesystem::path& path,
                                               const JournalId& id, seal::StoreKey key,
                                               base::ByteView wrapped_key,
                                               std::optional<Author> author, base::Random& random);
  // Without an author the journal can only be read. A read-only file or disk opens, too, and an
  // append to it faults. Faults: as describe; a wrong key, events cut from the end (untrusted).
  static std::unique_ptr<SqliteJournal> open(const std::filesystem::path& path, seal::StoreKey key,
                                             std::optional<Author> author, base::Random& random);

  const JournalId& id() const noexcept { return id_; }

  std::uint64_t size() override;
  seal::Hash head() override;
  void read_after(std::uint64_t after, const Visit& visit) override;
  Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                Fence fence = {}) override;
  void check_time(base::Instant at) const override;
  bool has_news() override;

  // After a fault: what this process has read and checked is read and checked again.
  void forget();

  // The lease in this journal's file. Must not outlive the journal.
  std::unique_ptr<Lease> lease();

 private:
  SqliteJournal(File file, seal::StoreKey key, std::optional<Author> author, base::Random& random,
                const std::filesystem::path& path);
  // Checks the events after `after` and gives each to `take` with its opened body; stops when
  // `take` returns false. Where checking must start before `after`, those events come without a
  // body.
  template <class Take>
  void scan_after(std::uint64_t after, const Take& take);
  // The same, but another thread checks and opens.
  template <class Take>
  void scan_ahead(std::uint64_t after, const Take& take);
  void check_remembered_head();
  Head tail();
  seal::Hash stored_hash(std::uint64_t number);
  std::int64_t author_row();
  bool is_in_force(Fence fence);

  struct Signer {
    const seal::SigningKey& key;
    seal::Certificate person;
    base::Bytes certificate;  // encoded
    seal::Hash certificate_hash;
    std::optional<std::int64_t> row;  // in the table of authors, once committed there
  };

  Database database_;
  const JournalId id_;
  const seal::StoreKey key_;
  std::optional<Signer> signer_;
  base::Random& random_;
  const seal::Hash start_;  // before the first event
  Head verified_;           // this process has checked the chain up to here
  std::int64_t version_seen_ = 0;
  bool reading_ = false;
  RememberedHead remembered_;

  Statement begin_;
  Statement commit_;
  Statement tail_;
  Statement hash_at_;
  Statement scan_;
  Statement insert_;
  Statement find_author_;
  Statement insert_author_;
  Statement lease_owner_;
  Statement data_version_;
};

}  // namespace tocsin::journal
