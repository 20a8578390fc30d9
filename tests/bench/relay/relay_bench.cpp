// A relay in a process of its own with its store on the disk: how fast it takes messages that are
// durable before they are acknowledged, what 10,000 waiting phones cost it, and how long it takes
// to wake them all. bench_relay [PHONES] [FOLDER]
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <utility>

#include "base/fault.h"
#include "bench/relay/phones.h"
#include "channel/mailbox.h"
#include "relay/server.h"
#include "seal/entropy.h"

namespace tocsin::bench {
namespace {

using base::Stopwatch;

constexpr std::size_t kEnvelopeBytes = 2'048;  // a usual request, padded
constexpr std::size_t kAnswerBytes = kEnvelopeBytes;
constexpr std::size_t kMessages = 20'000;

std::size_t resident_bytes() {
  std::ifstream file{"/proc/self/statm"};
  std::size_t pages = 0;
  file >> pages >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// On a busy machine the processor's time says more than the clock's.
double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Report {
  std::uint16_t port = 0;
  std::size_t waiting = 0;
  std::size_t resident = 0;
  double processor = 0;
};

// The relay's process: reports on itself whenever it is asked, until the pipe closes.
class RelayProcess {
 public:
  RelayProcess(const channel::wire::Organisation& organisation,
               const std::filesystem::path& folder) {
    int ask[2];
    int tell[2];
    if (pipe(ask) != 0 || pipe(tell) != 0) throw base::Fault(base::Exit::fault, "no pipe");
    child_ = fork();
    if (child_ == 0) {
      close(ask[1]);
      close(tell[0]);
      serve(organisation, folder, ask[0], tell[1]);
      _exit(0);
    }
    close(ask[0]);
    close(tell[1]);
    ask_ = ask[1];
    tell_ = tell[0];
  }
  ~RelayProcess() {
    close(ask_);
    close(tell_);
    waitpid(child_, nullptr, 0);
  }
  RelayProcess(const RelayProcess&) = delete;
  RelayProcess& operator=(const RelayProcess&) = delete;

  Report report() const {
    Report report;
    if (write(ask_, "?", 1) != 1 || read(tell_, &report, sizeof report) != sizeof report)
      throw base::Fault(base::Exit::fault, "the relay's process is gone");
    return report;
  }

 private:
  static void serve(const channel::wire::Organisation& organisation,
                    const std::filesystem::path& folder, int ask, int tell) {
    const base::SystemClock clock;
    relay::ServerSettings settings;
    settings.store = folder / "relay.db";
    settings.organisations = {organisation};
    relay::Server server{std::move(settings), clock};
    server.start();
    char question = 0;
    while (read(ask, &question, 1) == 1) {
      const Report report{server.port(), server.waiting(), resident_bytes(), processor_seconds()};
      if (write(tell, &report, sizeof report) != sizeof report) break;
    }
  }

  pid_t child_ = -1;
  int ask_ = -1;
  int tell_ = -1;
};

std::size_t raise_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<std::size_t>(limit.rlim_cur);
}

std::vector<channel::Outgoing> messages_to(std::size_t count, const auto& address_of,
                                           seal::Entropy& entropy) {
  std::vector<channel::Outgoing> batch;
  const base::Instant expires = base::SystemClock{}.now() + std::chrono::hours{1};
  for (std::size_t i = 0; i < count; ++i)
    batch.push_back({seal::random_message_id(entropy), address_of(i),
                     base::Bytes(kEnvelopeBytes, static_cast<std::uint8_t>(i)), expires});
  return batch;
}

std::size_t sent(const std::vector<channel::Delivery>& deliveries) {
  return static_cast<std::size_t>(std::count_if(
      deliveries.begin(), deliveries.end(),
      [](const channel::Delivery& one) { return one.receipt == channel::Receipt::sent; }));
}

int run(std::size_t wanted, const std::filesystem::path& folder) {
  const std::size_t descriptors = raise_descriptors();
  const std::size_t phones_wanted = std::min(wanted, descriptors - 256);
  seal::Entropy entropy;
  const seal::Identity organisation = seal::Identity::generate(entropy);
  const seal::Identity coordinator = seal::Identity::generate(entropy);
  const base::SystemClock clock;
  const RelayProcess process{
      {organisation.signing.verify_key(), organisation.public_identity().id()}, folder};
  const std::uint16_t port = process.report().port;

  channel::Mailbox writer{
      {fmt::format("http://127.0.0.1:{}", port), {}},
      channel::credentials_of(
          coordinator, seal::issue_certificate(organisation.signing, seal::Role::tactical,
                                               coordinator.public_identity(), "bench", 1,
                                               clock.now(), clock.now() + std::chrono::hours{1})),
      clock};

  const auto strangers = messages_to(
      kMessages,
      [&](std::size_t) {
        seal::KeyId id;
        entropy.fill(id.bytes);
        return to_text(id);
      },
      entropy);
  double relay_cpu = process.report().processor;
  const auto relay_spent = [&] {
    const double now = process.report().processor;
    return now - std::exchange(relay_cpu, now);
  };
  const Stopwatch accepting;
  const std::size_t accepted = sent(writer.post(strangers));
  const double accepting_seconds = accepting.seconds();
  fmt::print(
      "accepted {} of {} messages of {} bytes, durable, in {:.3f} s: {:.0f}/s; relay's cpu {:.3f} "
      "s\n",
      accepted, kMessages, kEnvelopeBytes, accepting_seconds,
      static_cast<double>(accepted) / accepting_seconds, relay_spent());

  Phones phones{phones_wanted, organisation.signing, clock};
  const std::size_t before = process.report().resident;
  const Stopwatch connecting;
  phones.wait_on(port);
  Report report = process.report();
  while (report.waiting < phones.size() && connecting.seconds() < 30) {
    poll(nullptr, 0, 20);  // each question costs the relay's process something too
    report = process.report();
  }
  const auto grown = static_cast<double>(report.resident) - static_cast<double>(before);
  fmt::print(
      "{} phones wait (limit of descriptors {}): {:.1f} MB more, {:.0f} bytes each; "
      "admitted in {:.2f} s, relay's cpu {:.3f} s\n",
      report.waiting, descriptors, grown / 1e6,
      grown / static_cast<double>(std::max<std::size_t>(report.waiting, 1)), connecting.seconds(),
      relay_spent());

  const auto calls = messages_to(
      phones.size(), [&](std::size_t i) { return to_text(phones.mailbox(i)); }, entropy);
  const Stopwatch waking;
  double posted_seconds = 0;
  auto posting = std::async(std::launch::async, [&] {
    const std::size_t count = sent(writer.post(calls));
    posted_seconds = waking.seconds();
    return count;
  });
  const std::size_t woken = phones.hear_all(kAnswerBytes, 30);
  const double woken_seconds = waking.seconds();
  const std::size_t called = posting.get();
  fmt::print(
      "called {} of them in {:.3f} s; {} woken after {:.3f} s from the first byte sent; relay's "
      "cpu {:.3f} s\n",
      called, posted_seconds, woken, woken_seconds, relay_spent());
  return accepted == kMessages && woken == phones.size() ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::bench

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  const std::size_t phones = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
  std::string name =
      (fs::path{argc > 2 ? argv[2] : fs::temp_directory_path()} / "relay-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  int result = 1;
  try {
    result = tocsin::bench::run(phones, name);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_relay: {}\n", error.what());
  }
  fs::remove_all(name);
  return result;
}
