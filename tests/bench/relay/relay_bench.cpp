// A relay in its own process, with its store on the disk. Measures how fast it accepts messages,
// which are durable before they are acknowledged; what 10,000 waiting phones cost it; and how long
// it takes to wake them all. bench_relay [PHONES] [FOLDER]
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <utility>

#include "base/fault.h"
#include "bench/relay/phones.h"
#include "bench/relay/relay_process.h"
#include "channel/mailbox.h"
#include "relay/server.h"
#include "seal/entropy.h"

namespace tocsin::bench {
namespace {

using base::Stopwatch;

constexpr std::size_t kEnvelopeBytes = 2'048;  // a usual request, padded
constexpr std::size_t kAnswerBytes = kEnvelopeBytes;
constexpr std::size_t kMessages = 20'000;

std::size_t raise_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<std::size_t>(limit.rlim_cur);
}

std::vector<channel::SealedMessage> messages_to(std::size_t count, const auto& address_of,
                                                seal::Entropy& entropy) {
  std::vector<channel::SealedMessage> batch;
  const base::Instant expires = base::SystemClock{}.now() + std::chrono::hours{1};
  for (std::size_t i = 0; i < count; ++i)
    batch.push_back({seal::random_message_id(entropy),
                     address_of(i),
                     {base::Bytes(kEnvelopeBytes, static_cast<std::uint8_t>(i))},
                     expires});
  return batch;
}

std::vector<channel::SealedMessage> messages_to_strangers(seal::Entropy& entropy) {
  const auto somebody = [&](std::size_t) {
    seal::KeyId id;
    entropy.fill(id.bytes);
    return to_text(id);
  };
  return messages_to(kMessages, somebody, entropy);
}

std::size_t sent(const std::vector<channel::Delivery>& deliveries) {
  return static_cast<std::size_t>(std::count_if(
      deliveries.begin(), deliveries.end(),
      [](const channel::Delivery& one) { return one.receipt == contact::Receipt::sent; }));
}

// Until the relay says that all of them wait, and what that cost.
void connect(Phones& phones, const RelayProcess& process, std::size_t descriptors,
             const std::function<double()>& relay_spent) {
  const std::size_t before = process.report().resident;
  const Stopwatch connecting;
  phones.wait_on(process.report().port);
  Report report = process.report();
  while (report.waiting < phones.size() && connecting.seconds() < 30) {
    poll(nullptr, 0, 20);  // each report costs the relay's process some time, too
    report = process.report();
  }
  const auto grown = static_cast<double>(report.resident) - static_cast<double>(before);
  fmt::print(
      "{} phones wait (limit of descriptors {}): {:.1f} MB more, {:.0f} bytes each; "
      "admitted in {:.2f} s, relay's cpu {:.3f} s\n",
      report.waiting, descriptors, grown / 1e6,
      grown / static_cast<double>(std::max<std::size_t>(report.waiting, 1)), connecting.seconds(),
      relay_spent());
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

  const auto strangers = messages_to_strangers(entropy);
  double relay_cpu = process.report().processor;
  const auto relay_spent = [&] {
    const double now = process.report().processor;
    return now - std::exchange(relay_cpu, now);
  };
  const Stopwatch accepting;
  const std::size_t accepted = sent(writer.send(strangers));
  const double accepting_seconds = accepting.seconds();
  fmt::print(
      "accepted {} of {} messages of {} bytes, durable, in {:.3f} s: {:.0f}/s; relay's cpu {:.3f} "
      "s\n",
      accepted, kMessages, kEnvelopeBytes, accepting_seconds,
      static_cast<double>(accepted) / accepting_seconds, relay_spent());

  Phones phones{phones_wanted, organisation.signing, clock};
  connect(phones, process, descriptors, relay_spent);

  const auto calls = messages_to(
      phones.size(), [&](std::size_t i) { return to_text(phones.mailbox(i)); }, entropy);
  const Stopwatch waking;
  double posted_seconds = 0;
  auto posting = std::async(std::launch::async, [&] {
    const std::size_t count = sent(writer.send(calls));
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
