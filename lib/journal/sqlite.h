// A journal in one SQLite file (tocsin-journal(5)), shared by every process of one machine. Bodies
// are sealed, events are chained, each transaction is signed and on the disk before `append`
// returns. One thread at a time; a visitor must not use the journal.
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

// What can be known of a journal without its key.
struct Description {
  JournalId id;
  base::Bytes wrapped_key;  // seal::unwrap with key_purpose(id)
  std::uint64_t size = 0;
};
// Faults: missing, not a journal, of a newer version, damaged (untrusted).
Description describe(const std::filesystem::path& path);

// The store key of a journal whose wrapped key was made for `reader`; else a Fault (untrusted).
seal::StoreKey open_store_key(const std::filesystem::path& path, const seal::OpeningKey& reader);

// The first event, by which a journal introduces itself; not checked against anything but the key.
// nullopt: the journal is empty, or the key does not open it.
std::optional<base::Bytes> first_body(const std::filesystem::path& path, const seal::StoreKey& key);

// Who appends. The key must outlive the journal; the certificate must be that key's.
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
  // Without an author it only reads. A file or disk that is read-only opens too, and faults when it
  // is appended to. Faults: as describe; a wrong key, a tail that was cut (untrusted).
  static std::unique_ptr<SqliteJournal> open(const std::filesystem::path& path, seal::StoreKey key,
                                             std::optional<Author> author, base::Random& random);

  const JournalId& id() const noexcept { return id_; }

  std::uint64_t size() override;
  seal::Hash head() override;
  void read_after(std::uint64_t after, const Visit& visit) override;
  Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies) override;
  bool has_news() override;

  // The lease in this journal's file. Must not outlive the journal.
  std::unique_ptr<Lease> lease();

 private:
  SqliteJournal(File file, seal::StoreKey key, std::optional<Author> author, base::Random& random,
                const std::filesystem::path& path);
  // Checks what comes after `after` and hands each event to `take` with its body, opened; stops
  // when that returns false. The events up to what was checked before come without a body.
  template <class Take>
  void scan_after(std::uint64_t after, const Take& take);
  // The same, with the checking and opening done by another thread.
  template <class Take>
  void scan_ahead(std::uint64_t after, const Take& take);
  void check_remembered_head();
  Head tail();
  seal::Hash stored_hash(std::uint64_t number);
  std::int64_t author_row();

  struct Signer {
    const seal::SigningKey& key;
    base::Bytes certificate;
    seal::Hash certificate_hash;
    std::optional<std::int64_t> row;  // in the table of authors, once it is committed there
  };

  Database database_;
  const JournalId id_;
  const seal::StoreKey key_;
  std::optional<Signer> signer_;
  base::Random& random_;
  const seal::Hash start_;  // before the first event
  Head verified_;           // up to here the chain was checked by this process
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
  Statement data_version_;
};

}  // namespace tocsin::journal
