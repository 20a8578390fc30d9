// Floods a relay with thousands of junk requests a second while honest devices answer an incident.
// Measures how many answers arrive and how long they take. Over loopback, for a limited time.
// bench_flood [SECONDS] [FOLDER]
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <set>
#include <thread>

#include "base/random.h"
#include "bench/relay/relay_process.h"
#include "channel/mailbox.h"
#include "seal/entropy.h"
#include "wire/proof.h"

namespace tocsin::bench {
namespace {

constexpr double kJunkPerMinute = 100'000;
constexpr std::size_t kReplies = 1'000;
constexpr std::size_t kReplyBytes = 1'024;
constexpr std::size_t kJunkConnections = 64;

// Requests that no sound client sends. Most of them cost the relay the check of a signature.
class Junk {
 public:
  explicit Junk(const base::Clock& clock) : clock_(clock) {}

  std::string next() {
    switch (random_.below(8)) {
      case 0: {
        std::string noise(1 + random_.below(1'500), '\0');
        for (char& c : noise) c = static_cast<char>(random_.below(256));
        return noise + "\r\n\r\n";
      }
      case 1:
        return "GET /v1/mailbox/AAAAAAAAAAAAAAAAAAAAAA HTTP/1.1\r\nHost: x\r\n\r\n";
      case 2:
        return "POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
               "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
      case 3:
        return "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n";
      case 4: {  // a body that does not decode
        const std::string body(1 + random_.below(3'000), 'x');
        return fmt::format(
            "POST /v1/messages HTTP/1.1\r\nHost: x\r\n{}: {}\r\nContent-Length: "
            "{}\r\n\r\n{}",
            wire::kProofHeader, proof(), body.size(), body);
      }
      default:
        return fmt::format(
            "GET /v1/mailbox/AAAAAAAAAAAAAAAAAAAAAA?after=0&wait=60 HTTP/1.1\r\nHost: x\r\n{}: "
            "{}\r\n{}: {}\r\n\r\n",
            wire::kProofHeader, proof(), wire::kCertificateHeader, std::string(200, 'A'));
    }
  }

 private:
  // A proof of the right form, time and size, by a key without a certificate.
  std::string proof() {
    base::ByteWriter out;
    base::Bytes bytes(128);
    random_.fill(bytes);
    out.u8(1);
    out.raw(base::ByteView{bytes}.subspan(0, 64));
    out.i64(clock_.now().time_since_epoch().count());
    out.raw(base::ByteView{bytes}.subspan(64));
    return base::to_base64url(out.take());
  }
  const base::Clock& clock_;
  base::SeededRandom random_{5};
};

int connect_to(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    close(one);
    return -1;
  }
  return one;
}

// Sends at the stated rate until `stop`. Opens a new connection when the relay closes one.
std::size_t flood(std::uint16_t port, const base::Clock& clock, const std::atomic<bool>& stop) {
  Junk junk{clock};
  std::vector<int> sockets(kJunkConnections, -1);
  const base::Stopwatch watch;
  std::size_t sent = 0;
  char scrap[65'536];
  while (!stop.load()) {
    if (static_cast<double>(sent) >= watch.seconds() * kJunkPerMinute / 60) {
      poll(nullptr, 0, 1);
      continue;
    }
    int& socket = sockets[sent % sockets.size()];
    if (socket >= 0 && recv(socket, scrap, sizeof scrap, MSG_DONTWAIT) == 0) {
      close(socket);
      socket = -1;
    }
    if (socket < 0) socket = connect_to(port);
    const std::string request = junk.next();
    if (socket < 0 ||
        send(socket, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
      if (socket >= 0) close(socket);
      socket = -1;
    }
    ++sent;
  }
  for (const int socket : sockets)
    if (socket >= 0) close(socket);
  return sent;
}

seal::Certificate certificate(const seal::Identity& organisation, seal::Role role,
                              const seal::Identity& of, const base::Clock& clock) {
  return seal::issue_certificate(organisation.signing, role, of.public_identity(), "", 1,
                                 clock.now(), clock.now() + std::chrono::hours{1});
}

// How many of them the incident finds in its mailbox.
std::size_t arrived(channel::Mailbox reader, const std::set<seal::MessageId>& acknowledged) {
  std::size_t count = 0;
  for (std::uint64_t after = 0;;) {
    const auto page = reader.poll(after, std::chrono::seconds{0});
    if (page.items.empty()) return count;
    for (const auto& item : page.items) count += acknowledged.contains(item.id) ? 1 : 0;
    after = page.items.back().cursor;
  }
}

double percentile(std::vector<double> latencies, double share) {
  std::sort(latencies.begin(), latencies.end());
  return 1'000 *
         latencies[static_cast<std::size_t>(share * static_cast<double>(latencies.size() - 1))];
}

int run(double seconds, const std::filesystem::path& folder) {
  seal::Entropy entropy;
  const seal::Identity organisation = seal::Identity::generate(entropy);
  const seal::Identity coordinator = seal::Identity::generate(entropy);
  const seal::Identity incident = seal::Identity::generate(entropy);
  const base::SystemClock clock;
  const RelayProcess process{
      {organisation.signing.verify_key(), organisation.public_identity().id()}, folder};
  const std::uint16_t port = process.report().port;
  const channel::RelayAddress address{fmt::format("http://127.0.0.1:{}", port), {}};
  const auto mailbox_of = [&](const seal::Identity& who, std::optional<seal::Role> role) {
    return channel::Mailbox{
        address,
        channel::credentials_of(
            who, role ? std::optional{certificate(organisation, *role, who, clock)} : std::nullopt),
        clock};
  };
  const auto message_to = [&](const seal::Identity& who) {
    return channel::SealedMessage{seal::random_message_id(entropy),
                                  to_text(who.public_identity().id()), base::Bytes(kReplyBytes, 1),
                                  clock.now() + std::chrono::hours{1}};
  };
  // Opens the incident's mailbox to devices.
  const channel::SealedMessage opening = message_to(coordinator);
  mailbox_of(coordinator, seal::Role::tactical)
      .send({&opening, 1}, incident.public_identity().id());

  std::atomic<bool> stop{false};
  std::size_t junk = 0;
  std::thread flooding{[&] { junk = flood(port, clock, stop); }};
  const double cpu = process.report().processor;
  std::vector<double> latencies;
  std::set<seal::MessageId> acknowledged;
  const base::Stopwatch watch;
  for (std::size_t i = 0; i < kReplies; ++i) {
    while (watch.seconds() < static_cast<double>(i) * seconds / kReplies) poll(nullptr, 0, 1);
    const seal::Identity device = seal::Identity::generate(entropy);
    channel::Mailbox phone = mailbox_of(device, seal::Role::device);
    const channel::SealedMessage reply = message_to(incident);
    const base::Stopwatch one;
    if (phone.send({&reply, 1})[0].receipt == contact::Receipt::sent) acknowledged.insert(reply.id);
    latencies.push_back(one.seconds());
  }
  const double took = watch.seconds();
  const double spent = process.report().processor - cpu;
  stop.store(true);
  flooding.join();

  const std::size_t found = arrived(mailbox_of(incident, std::nullopt), acknowledged);
  fmt::print(
      "{} junk requests in {:.1f} s ({:.0f} a minute) while {} devices answered: {} "
      "acknowledged, {} arrived; p50 {:.1f} ms, p99 {:.1f} ms, worst {:.1f} ms; relay's cpu {:.1f} "
      "s\n",
      junk, took, static_cast<double>(junk) / took * 60, kReplies, acknowledged.size(), found,
      percentile(latencies, 0.5), percentile(latencies, 0.99), percentile(latencies, 1), spent);
  return acknowledged.size() == kReplies && found == kReplies ? 0 : 1;
}

}  // namespace
}  // namespace tocsin::bench

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  const double seconds = argc > 1 ? std::strtod(argv[1], nullptr) : 15;
  std::string name =
      (fs::path{argc > 2 ? argv[2] : fs::temp_directory_path()} / "flood-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  int result = 1;
  try {
    result = tocsin::bench::run(std::clamp(seconds, 1.0, 120.0), name);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_flood: {}\n", error.what());
  }
  fs::remove_all(name);
  return result;
}
