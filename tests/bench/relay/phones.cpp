#include "bench/relay/phones.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fault.h"
#include "seal/entropy.h"
#include "wire/proof.h"

namespace tocsin::bench {

Phones::Phones(std::size_t count, const seal::SigningKey& organisation, const base::Clock& clock)
    : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  seal::Entropy entropy;
  const base::Instant now = clock.now();
  for (std::size_t i = 0; i < count; ++i) {
    const seal::Identity phone = seal::Identity::generate(entropy);
    const seal::PublicIdentity identity = phone.public_identity();
    const seal::Certificate certificate = seal::issue_certificate(
        organisation, seal::Role::device, identity, "", i, now, now + std::chrono::hours{1});
    const std::string target =
        fmt::format("/v1/mailbox/{}?after=0&wait=60", to_text(identity.id()));
    requests_.push_back(fmt::format(
        "GET {} HTTP/1.1\r\nHost: bench\r\n{}: {}\r\n{}: {}\r\n\r\n", target, wire::kProofHeader,
        wire::prove(phone.signing, identity, now, {"GET", "bench", target, {}}),
        wire::kCertificateHeader, wire::to_header(certificate)));
    mailboxes_.push_back(identity.id());
  }
}

Phones::~Phones() {
  for (const int one : sockets_) close(one);
  close(epoll_);
}

void Phones::wait_on(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    const int one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool sent = one >= 0 &&
                      connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                      send(one, requests_[i].data(), requests_[i].size(), MSG_NOSIGNAL) ==
                          static_cast<ssize_t>(requests_[i].size());
    if (!sent) throw base::Fault(base::Exit::fault, fmt::format("phone {} cannot connect", i));
    sockets_.push_back(one);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, one, &event);
  }
}

std::size_t Phones::hear_all(std::size_t bytes, double seconds) {
  std::vector<std::size_t> heard(sockets_.size(), 0);
  std::size_t done = 0;
  const base::Stopwatch watch;
  char buffer[16'384];
  epoll_event events[256];
  while (done < sockets_.size() && watch.seconds() < seconds) {
    const int ready = epoll_wait(epoll_, events, 256, 100);
    for (int i = 0; i < ready; ++i) {
      const std::size_t phone = events[i].data.u64;
      const ssize_t size = recv(sockets_[phone], buffer, sizeof buffer, MSG_DONTWAIT);
      if (size <= 0) {
        epoll_ctl(epoll_, EPOLL_CTL_DEL, sockets_[phone], nullptr);
        continue;
      }
      const std::size_t before = heard[phone];
      heard[phone] += static_cast<std::size_t>(size);
      if (before < bytes && heard[phone] >= bytes) ++done;
    }
  }
  return done;
}

}  // namespace tocsin::bench
