// A whole relay, over loopback. With a first byte of 0 the rest are the bytes of a connection.
// Otherwise the first byte says which part of a request they are: body, query, path or a header.
// The rest of that request is correct and has a valid proof, so that every route is reached. The
// relay must answer in HTTP or hang up, never answer 500, and go on.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/fault.h"
#include "base/random.h"
#include "relay/server.h"
#include "seal/certificate.h"
#include "wire/proof.h"

namespace {

using namespace tocsin;

const base::Instant kNow{std::chrono::seconds{1'763'850'000}};

class World {
 public:
  World() { open(); }

  // Starts a new relay from time to time, so that stored messages do not fill the memory.
  void open() {
    relay::ServerSettings settings;
    settings.organisations = {
        {organisation_.signing.verify_key(), organisation_.public_identity().id()}};
    server_ = std::make_unique<relay::Server>(std::move(settings), clock_);
    server_->start();
  }
  void next() {
    clock_.advance(std::chrono::seconds{1});
    if (++runs_ % 4'096 == 0) open();
  }
  std::string ask(const std::string& request) const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server_->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{5, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    TOCSIN_ASSERT(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    for (std::size_t sent = 0; sent < request.size();) {
      const ssize_t more =
          ::send(socket, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
      if (more <= 0) break;
      sent += static_cast<std::size_t>(more);
    }
    ::shutdown(socket, SHUT_WR);
    std::string heard;
    char buffer[65'536];
    for (ssize_t size = 0; (size = ::recv(socket, buffer, sizeof buffer, 0)) > 0;)
      heard.append(buffer, static_cast<std::size_t>(size));
    ::close(socket);
    return heard;
  }
  // A correct request by the coordinator.
  std::string sound(std::string_view method, const std::string& target, base::ByteView body) const {
    return fmt::format(
               "{} {} HTTP/1.1\r\nHost: relay\r\n{}: {}\r\n{}: {}\r\nContent-Length: {}\r\n\r\n",
               method, target, wire::kProofHeader,
               wire::prove(coordinator_.signing, coordinator_.public_identity(), clock_.now(),
                           {method, "relay", target, body}),
               wire::kCertificateHeader, wire::to_header(certificate_), body.size()) +
           std::string{base::text_of(body)};
  }
  std::string mailbox() const {
    return "/v1/mailbox/" + to_text(coordinator_.public_identity().id());
  }

 private:
  base::SeededRandom random_{7};
  base::VirtualClock clock_{kNow};
  seal::Identity organisation_ = seal::Identity::generate(random_);
  seal::Identity coordinator_ = seal::Identity::generate(random_);
  seal::Certificate certificate_ = seal::issue_certificate(
      organisation_.signing, seal::Role::tactical, coordinator_.public_identity(), "", 1, kNow,
      kNow + std::chrono::days{3'650});
  std::unique_ptr<relay::Server> server_;
  std::size_t runs_ = 0;
};

// Text for a target or a header. Characters that would end it are left out; inputs with a first
// byte of 0 cover those.
std::string inline_text(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c > ' ' && c < '\x7f') out += c;
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static World world;
  if (size == 0) return 0;
  world.next();
  const base::ByteView rest{bytes + 1, size - 1};
  const std::string text = inline_text(base::text_of(rest));
  const std::string plain = "GET /healthz HTTP/1.1\r\nHost: relay\r\n";
  std::string heard;
  bool must_answer = true;
  switch (bytes[0] % 8) {
    case 0:
      heard = world.ask(std::string{base::text_of(rest)});
      must_answer = false;
      break;
    case 1:
      heard = world.ask(world.sound("POST", "/v1/messages", rest));
      break;
    case 2:
      heard = world.ask(world.sound("POST", world.mailbox() + "/acknowledge", rest));
      break;
    case 3:  // the relay ends the wait when it sees that we have closed our side
      heard = world.ask(world.sound("GET", world.mailbox() + "?" + text, {}));
      must_answer = false;
      break;
    case 4:
      heard = world.ask("GET /" + text + " HTTP/1.1\r\nHost: relay\r\n\r\n");
      break;
    case 5:
      heard = world.ask(fmt::format("GET {} HTTP/1.1\r\nHost: relay\r\n{}: {}\r\n\r\n",
                                    world.mailbox(), wire::kProofHeader, text));
      break;
    case 6: {
      std::string request = world.sound("GET", world.mailbox(), {});
      const std::string name = fmt::format("{}: ", wire::kCertificateHeader);
      const auto at = request.find(name) + name.size();
      request.replace(at, request.find("\r\n", at) - at, text);
      heard = world.ask(request);
      break;
    }
    default: {
      constexpr const char* kHeaders[] = {"X", "Accept-Language", "Accept-Encoding",
                                          "If-None-Match"};
      heard = world.ask(fmt::format("GET /language.txt HTTP/1.1\r\nHost: relay\r\n{}: {}\r\n\r\n",
                                    kHeaders[bytes[0] / 8 % 4], text));
    }
  }
  TOCSIN_ASSERT(!must_answer || heard.starts_with("HTTP/1.1 "));
  TOCSIN_ASSERT(heard.find("HTTP/1.1 500") == std::string::npos);
  TOCSIN_ASSERT(world.ask(plain + "\r\n").starts_with("HTTP/1.1 200"));
  return 0;
}
