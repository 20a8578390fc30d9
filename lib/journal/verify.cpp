#include "journal/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "base/fault.h"
#include "base/text.h"
#include "journal/file.h"
#include "journal/remembered_head.h"

namespace tocsin::journal {

namespace {

constexpr std::size_t kFewestDigits = 16;

// A transaction whose signature has not been checked yet.
struct Claim {
  std::uint64_t first;
  std::uint64_t last;
  seal::Hash before;   // hash of the event before `first`
  seal::Hash hash;     // hash of `last`
  std::size_t author;  // index into Verified::authors
  seal::Hash certificate_hash;
  seal::Signature signature;
};

struct Author {
  std::optional<seal::Certificate>
      certificate;  // set when the organisation made them a coordinator
  seal::Hash certificate_hash{};
  std::string_view reason;  // when not
};

std::optional<seal::Hash> read_hash(base::ByteView bytes) {
  seal::Hash hash{};
  if (bytes.size() != hash.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

Author judge(base::ByteView encoded, const seal::VerifyKey& organisation) {
  Author author;
  author.certificate_hash = seal::hash_of(encoded);
  std::optional<seal::Certificate> certificate = seal::decode_certificate(encoded);
  // Expiry is not checked here, because only the body says when the event happened.
  if (!certificate)
    author.reason = "is by an author whose certificate cannot be read";
  else if (!seal::is_valid(*certificate, organisation, certificate->issued))
    author.reason = "is by an author whom this organisation did not certify";
  else if (!seal::is_coordinator(certificate->role))
    author.reason = "is by an author who is not a coordinator";
  else
    author.certificate = std::move(certificate);
  return author;
}

std::map<std::int64_t, Author> judge_authors(Database& database,
                                             const seal::VerifyKey& organisation) {
  std::map<std::int64_t, Author> authors;
  Statement list(database, "SELECT number, certificate FROM author");
  while (list.step()) authors.emplace(list.integer(0), judge(list.bytes(1), organisation));
  return authors;
}

// Checks the chain and collects the signatures to check. Stops at the first event that is wrong.
class Walk {
 public:
  Walk(File& file, const Expectation& expectation, std::optional<Head> remembered, Verified& result)
      : file_(file), expectation_(expectation), remembered_(remembered), result_(result) {
    result_.id = file.id;
    result_.head = first_hash(file.id, file.proof);
    before_ = result_.head;
  }

  std::vector<Claim> run() {
    try {
      file_.database.execute("BEGIN");  // later appends stay invisible
      authors_ = judge_authors(file_.database, expectation_.organisation);
      Statement scan(file_.database,
                     "SELECT number, hash, body, author, signature FROM event ORDER BY number");
      note_head();
      while (!result_.flaw && scan.step()) check(scan);
    } catch (const Malformed&) {
      flaw(result_.events + 1, "cannot be read: the file is damaged there");
    }
    if (!result_.flaw && result_.events >= first_) flaw(first_, "is not signed");
    if (!result_.flaw) check_end();
    return std::move(claims_);
  }

 private:
  // Ends the walk. The transaction that it stopped in is not sound, so its events do not count.
  void flaw(std::uint64_t event, std::string_view reason) {
    result_.flaw = {event, std::string(reason)};
    result_.events = first_ - 1;
    result_.head = before_;
  }

  void check(const Statement& row) {
    const std::uint64_t number = result_.events + 1;
    const base::ByteView body = row.bytes(2);
    const seal::Hash hash = next_hash(result_.head, number, body);
    if (row.integer(0) != static_cast<std::int64_t>(number)) return flaw(number, "is missing");
    if (read_hash(row.bytes(1)) != hash)
      return flaw(number, "does not follow from the one before it");
    if (expectation_.key != nullptr &&
        !seal::open_at_rest(*expectation_.key, body_aad(file_.id, number), body))
      return flaw(number, "does not open: it belongs to another place or another journal");
    result_.events = number;
    result_.head = hash;
    note_head();
    if (!row.is_null(3) || !row.is_null(4)) close_transaction(row);
  }

  void close_transaction(const Statement& row) {
    const auto author = authors_.find(row.integer(3));
    if (row.is_null(3) || author == authors_.end()) return flaw(first_, "is by nobody");
    if (!author->second.certificate) return flaw(first_, author->second.reason);
    Claim claim{first_,
                result_.events,
                before_,
                result_.head,
                index_of(author->second),
                author->second.certificate_hash,
                {}};
    const base::ByteView signature = row.bytes(4);
    if (signature.size() != claim.signature.bytes.size()) return flaw(first_, "is not signed");
    std::copy(signature.begin(), signature.end(), claim.signature.bytes.begin());
    claims_.push_back(claim);
    result_.transactions.push_back({claim.last, claim.author});
    first_ = result_.events + 1;
    before_ = result_.head;
  }

  std::size_t index_of(const Author& author) {
    const auto known = indices_.find(author.certificate_hash);
    if (known != indices_.end()) return known->second;
    result_.authors.push_back(*author.certificate);
    return indices_[author.certificate_hash] = result_.authors.size() - 1;
  }

  void note_head() {
    if (expectation_.head && expectation_.head->begins(result_.head))
      result_.expected_at = result_.events;
    if (remembered_ && remembered_->number == result_.events && remembered_->hash == result_.head)
      result_.remembered_at = result_.events;
  }

  void check_end() {
    const std::uint64_t next = result_.events + 1;
    if (remembered_ && !result_.remembered_at) {
      if (remembered_->number > result_.events)
        flaw(next,
             fmt::format("is missing: the journal had {} events before", remembered_->number));
      else
        flaw(remembered_->number, "is not the one that was there before");
    } else if (expectation_.head && !result_.expected_at) {
      flaw(next,
           "is missing: nothing here has the expected head, so the tail was cut or this is another "
           "journal");
    }
  }

  File& file_;
  const Expectation& expectation_;
  const std::optional<Head> remembered_;
  Verified& result_;
  std::map<std::int64_t, Author> authors_;
  std::map<seal::Hash, std::size_t> indices_;
  std::vector<Claim> claims_;
  std::uint64_t first_ = 1;  // of the transaction that is being read
  seal::Hash before_{};      // hash of the event before it
};

// The index of the first claim whose signature is wrong. A verification takes about 50 µs, so all
// processors share the work.
std::optional<std::size_t> first_forged(const Verified& result, const std::vector<Claim>& claims) {
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> forged = claims.size();
  const auto work = [&] {
    for (std::size_t i = next++; i < forged; i = next++) {
      const Claim& claim = claims[i];
      const Attestation signed_text =
          attestation(result.id, claim.first, claim.last, claim.hash, claim.certificate_hash);
      if (seal::verify(result.authors[claim.author].subject.verify, seal::Domain::journal,
                       signed_text, claim.signature))
        continue;
      std::size_t least = forged;
      while (i < least && !forged.compare_exchange_weak(least, i)) {
      }
    }
  };
  constexpr std::size_t kWorthAThread = 32;
  const std::size_t threads =
      std::min<std::size_t>(std::thread::hardware_concurrency(), claims.size() / kWorthAThread);
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
    work();
  }
  if (forged == claims.size()) return std::nullopt;
  return forged;
}

}  // namespace

std::optional<HeadDigits> HeadDigits::parse(std::string_view text) {
  const bool is_hex = text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  if (!is_hex || text.size() < kFewestDigits || text.size() > 2 * seal::Hash{}.size())
    return std::nullopt;
  HeadDigits head;
  head.digits_ = base::to_lower(text);
  return head;
}

bool HeadDigits::begins(const seal::Hash& hash) const {
  return base::to_hex(hash).compare(0, digits_.size(), digits_) == 0;
}

namespace {

File open_to_verify(const std::filesystem::path& path) {
  try {
    return open_file(path, Database::Mode::read);
  } catch (const Malformed& malformed) {
    throw malformed.as_damage();
  }
}

}  // namespace

Verified verify(const std::filesystem::path& path, const Expectation& expectation) {
  std::optional<Head> remembered;
  std::string spoilt;  // what is wrong with the remembered head
  try {
    remembered = RememberedHead(path).read();
  } catch (const base::Fault& fault) {
    if (fault.exit() != base::Exit::untrusted) throw;
    spoilt = fmt::format("{}, so that a cut would not show", fault.what());
  }
  File file = open_to_verify(path);
  Verified result;
  const std::vector<Claim> claims = Walk(file, expectation, remembered, result).run();
  if (expectation.key != nullptr &&
      !seal::open_at_rest(*expectation.key, body_aad(file.id, 0), file.proof))
    result.flaw = {0, "the key does not open this journal"};

  if (!result.flaw && !spoilt.empty()) result.flaw = {0, spoilt};

  // A wrong signature is always earlier in the journal than the event where the walk stopped.
  if (const auto forged = first_forged(result, claims)) {
    const Claim& claim = claims[*forged];
    result.flaw = {claim.first, "is not signed by its author"};
    result.events = claim.first - 1;
    result.head = claim.before;
    result.transactions.resize(*forged);
  }
  return result;
}

void read_verified(const std::filesystem::path& path, const seal::StoreKey& key,
                   const Verified& verified, const VisitSigned& visit) {
  File file = open_file(path, Database::Mode::read);
  const auto changed = [&](std::uint64_t number) {
    throw base::Fault(
        base::Exit::untrusted,
        fmt::format("event {} of {} is not the one that was verified", number, path.string()),
        "verify it again");
  };
  Statement scan(file.database, "SELECT number, body FROM event ORDER BY number");
  seal::Hash hash = first_hash(file.id, file.proof);
  std::uint64_t number = 0;
  for (const Verified::Transaction& transaction : verified.transactions) {
    while (number < transaction.last) {
      ++number;
      if (!scan.step() || scan.integer(0) != static_cast<std::int64_t>(number)) changed(number);
      hash = next_hash(hash, number, scan.bytes(1));
      const auto body = seal::open_at_rest(key, body_aad(file.id, number), scan.bytes(1));
      if (!body) changed(number);
      visit({number, *body, hash, verified.authors[transaction.author]});
    }
  }
  if (hash != verified.head) changed(number);
}

}  // namespace tocsin::journal
