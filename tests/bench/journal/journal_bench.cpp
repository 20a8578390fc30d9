// Compares appends, with one event or many a transaction, with writes to a plain file and
// fdatasync. Measures reading and verifying 50,000 events. Journal and plain file take turns, so
// that a busy disk slows both. bench_journal [FOLDER]
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/clock.h"
#include "bench/plain_file.h"
#include "journal/sqlite.h"
#include "journal/verify.h"
#include "seal/entropy.h"

namespace tocsin::bench {
namespace {

using base::Stopwatch;

constexpr std::size_t kEventBytes = 150;
constexpr std::size_t kRowBytes = kEventBytes + 29 + 32 + 64;  // sealing, hash, signature
constexpr std::uint64_t kEvents = 50'000;

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

class Bench {
 public:
  explicit Bench(const std::filesystem::path& folder) : folder_(folder) {
    journal_ = journal::SqliteJournal::create(folder / "bench.journal", id_, key_.copy(), {},
                                              author(), entropy_);
  }

  void appends(std::size_t events, int rounds, int each) {
    const PlainFile plain(folder_ / fmt::format("plain-{}", events));
    const base::Bytes bytes(kRowBytes * events);
    const std::vector<base::Bytes> some(events, base::Bytes(kEventBytes));
    std::vector<double> plain_us;
    std::vector<double> journal_us;
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
      Stopwatch watch;
      for (int i = 0; i < each; ++i) plain.append(bytes);
      plain_us.push_back(watch.seconds() * 1e6 / each);
      watch = Stopwatch();
      for (int i = 0; i < each; ++i) {
        journal_->append(size_, some);
        size_ += events;
      }
      journal_us.push_back(watch.seconds() * 1e6 / each);
      ratios.push_back(plain_us.back() / journal_us.back());
    }
    fmt::print(
        "append {:>4} events a transaction   plain file {:>7.1f} us   journal {:>7.1f} us   "
        "ratio {:.2f}   {:>8.0f} events/s\n",
        events, median(plain_us), median(journal_us), median(ratios),
        1e6 * static_cast<double>(events) / median(journal_us));
  }

  void arithmetic() {
    constexpr int kTimes = 2000;
    const base::Bytes body(kEventBytes);
    Stopwatch watch;
    for (int i = 0; i < kTimes; ++i) identity_.signing.sign(seal::Domain::journal, body);
    const double sign = watch.seconds() * 1e6 / kTimes;
    watch = Stopwatch();
    for (int i = 0; i < kTimes; ++i) seal::seal_at_rest(key_, body, body, entropy_);
    fmt::print("of which a signature {:.1f} us, sealing an event {:.2f} us\n", sign,
               watch.seconds() * 1e6 / kTimes);
  }

  void read() {
    while (size_ < kEvents) {
      const std::vector<base::Bytes> some(std::min<std::uint64_t>(100, kEvents - size_),
                                          base::Bytes(kEventBytes));
      journal_->append(size_, some);
      size_ += some.size();
    }
    std::vector<double> read_ms;
    for (int i = 0; i < 9; ++i) {
      const Stopwatch watch;
      const auto again = journal::SqliteJournal::open(folder_ / "bench.journal", key_.copy(),
                                                      std::nullopt, entropy_);
      std::uint64_t bytes = 0;
      again->read_after(0, [&](const journal::Entry& entry) { bytes += entry.body.size(); });
      read_ms.push_back(watch.seconds() * 1e3);
    }
    fmt::print("open and read {} events: {:.1f} ms\n", size_, median(read_ms));
    const Stopwatch watch;
    const journal::Verified verified = journal::verify(
        folder_ / "bench.journal", {organisation_.verify_key(), &key_, std::nullopt});
    fmt::print("verify {} events, {} signatures: {:.0f} ms, {}\n", verified.events,
               verified.transactions.size(), watch.seconds() * 1e3,
               verified.flaw ? verified.flaw->reason : "sound");
  }

  void ask() {
    constexpr int kTimes = 20'000;
    const Stopwatch watch;
    for (int i = 0; i < kTimes; ++i) journal_->has_news();
    fmt::print("has_news: {:.2f} us\n", watch.seconds() * 1e6 / kTimes);
  }

 private:
  journal::Author author() {
    const base::Instant now = base::SystemClock().now();
    return {identity_.signing, seal::issue_certificate(organisation_, seal::Role::tactical,
                                                       identity_.public_identity(), "Bench", 1, now,
                                                       now + std::chrono::hours(24))};
  }

  std::filesystem::path folder_;
  seal::Entropy entropy_;
  seal::SigningKey organisation_ = seal::SigningKey::generate(entropy_);
  seal::Identity identity_ = seal::Identity::generate(entropy_);
  seal::StoreKey key_ = seal::generate_store_key(entropy_);
  journal::JournalId id_ = seal::random_message_id(entropy_);
  std::unique_ptr<journal::SqliteJournal> journal_;
  std::uint64_t size_ = 0;
};

}  // namespace
}  // namespace tocsin::bench

int main(int argc, char** argv) {
  try {
    std::string folder = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
    folder += "/tocsin-bench-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr)
      throw tocsin::base::Fault(tocsin::base::Exit::fault, "cannot make " + folder);
    {
      tocsin::bench::Bench bench(folder);
      bench.appends(1, 40, 100);
      bench.arithmetic();
      bench.appends(10, 20, 40);
      bench.appends(400, 10, 5);
      bench.ask();
      bench.read();
    }
    std::filesystem::remove_all(folder);
    return 0;
  } catch (const tocsin::base::Fault& fault) {
    fmt::print(stderr, "bench_journal: {}\n", fault.what());
    return 1;
  }
}
