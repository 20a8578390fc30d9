// The organisation, coordinator, incident and device of the relay's tests, and a plain socket for
// requests that no sound client sends.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"
#include "seal/certificate.h"
#include "seal/entropy.h"
#include "seal/key.h"
#include "wire/organisation.h"

namespace tocsin::relay {

inline const base::Instant kNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                                  std::chrono::hours{22} + std::chrono::minutes{40}};

struct People {
  seal::Entropy entropy;
  seal::Identity organisation = seal::Identity::generate(entropy);
  seal::Identity enrolment = seal::Identity::generate(entropy);
  seal::Identity coordinator = seal::Identity::generate(entropy);
  seal::Identity incident = seal::Identity::generate(entropy);
  seal::Identity device = seal::Identity::generate(entropy);

  seal::KeyId enrolment_mailbox() const { return enrolment.public_identity().id(); }
  wire::Organisation served() const {
    return {organisation.signing.verify_key(), enrolment_mailbox()};
  }
  seal::Certificate certificate(seal::Role role, const seal::Identity& of,
                                std::chrono::hours life = std::chrono::hours{24}) const {
    return seal::issue_certificate(organisation.signing, role, of.public_identity(), "", 1,
                                   kNight - std::chrono::hours{1}, kNight + life);
  }
};

// A connection that sends given bytes and reads the answer, for at most 5 s.
class PlainSocket {
 public:
  explicit PlainSocket(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{5, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~PlainSocket() { close(socket_); }
  PlainSocket(const PlainSocket&) = delete;
  PlainSocket& operator=(const PlainSocket&) = delete;

  bool is_connected() const { return connected_; }
  bool say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void say_no_more() { shutdown(socket_, SHUT_WR); }
  // Reads until the other end closes, or `enough` has come.
  std::string hear(std::string_view enough = "\x01never") {
    std::string heard;
    while (heard.find(enough) == std::string::npos) {
      const std::string more = hear_some();
      if (more.empty()) break;
      heard += more;
    }
    return heard;
  }
  // Whether something comes, or the other end closes, within `patience_ms`.
  bool has_heard(int patience_ms) {
    pollfd ready{socket_, POLLIN, 0};
    return poll(&ready, 1, patience_ms) > 0;
  }
  // Empty when the other end has closed.
  std::string hear_some() {
    char buffer[4'096];
    const ssize_t size = recv(socket_, buffer, sizeof buffer, 0);
    return {buffer, size > 0 ? static_cast<std::size_t>(size) : 0};
  }

 private:
  int socket_;
  bool connected_ = false;
};

}  // namespace tocsin::relay
