// Checks a whole journal and trusts nothing in it (tocsin-journal(5), READING): chain, bodies,
// signatures, authors and, as far as it is known, the end. Names the first event that is wrong.
// Changes no event.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "seal/certificate.h"

namespace tocsin::journal {

// The first 16 to 64 hexadecimal digits of a head, as a report quotes it.
class HeadDigits {
 public:
  static std::optional<HeadDigits> parse(std::string_view text);
  bool begins(const seal::Hash& hash) const;

 private:
  std::string digits_;
};

struct Expectation {
  seal::VerifyKey organisation;         // who certifies authors
  const seal::StoreKey* key = nullptr;  // without it everything is checked but the bodies
  std::optional<HeadDigits> head;
};

struct Flaw {
  std::uint64_t event = 0;  // the first that is wrong or missing; 0 is the whole file
  std::string reason;       // follows "event N ": "does not follow from the one before it"
};

struct Verified {
  JournalId id;
  std::uint64_t events = 0;  // the sound ones from event 1 on, in whole transactions
  seal::Hash head{};         // hash of the last of these
  std::optional<Flaw> flaw;

  struct Transaction {
    std::uint64_t last = 0;  // number of its last event
    std::size_t author = 0;  // index into authors
  };
  std::vector<Transaction> transactions;
  std::vector<seal::Certificate> authors;

  std::optional<std::uint64_t> expected_at;    // where the expected head was found
  std::optional<std::uint64_t> remembered_at;  // the event of the remembered head, if there is one
};

// Faults: missing, not a journal, of a newer version; unreadable tables (untrusted). Anything else
// that is wrong with the journal is in the result.
Verified verify(const std::filesystem::path& path, const Expectation& expectation);

struct SignedEntry {
  std::uint64_t number = 0;
  base::ByteView body;  // opened; valid only during the visit
  const seal::Hash& hash;
  const seal::Certificate& author;
};
using VisitSigned = std::function<void(const SignedEntry&)>;

// Visits the events that `verified` calls sound. Faults (untrusted) when they have changed since.
void read_verified(const std::filesystem::path& path, const seal::StoreKey& key,
                   const Verified& verified, const VisitSigned& visit);

}  // namespace tocsin::journal
