// Thousands of telephones that wait on one relay over loopback: plain sockets and one epoll, so
// that what is measured is the relay.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "seal/certificate.h"
#include "seal/key.h"

namespace tocsin::bench {

class Phones {
 public:
  // Each with keys and a certificate of its own.
  Phones(std::size_t count, const seal::SigningKey& organisation, const base::Clock& clock);
  ~Phones();
  Phones(const Phones&) = delete;
  Phones& operator=(const Phones&) = delete;

  std::size_t size() const noexcept { return mailboxes_.size(); }
  const seal::KeyId& mailbox(std::size_t phone) const { return mailboxes_[phone]; }

  // All of them ask, and wait. Faults when a connection cannot be had.
  void wait_on(std::uint16_t port);
  // Until every phone has had an answer of `bytes` or more, or `seconds` have passed. How many had.
  std::size_t hear_all(std::size_t bytes, double seconds);

 private:
  std::vector<std::string> requests_;  // made beforehand: signing is not the relay's work
  std::vector<seal::KeyId> mailboxes_;
  std::vector<int> sockets_;
  int epoll_;
};

}  // namespace tocsin::bench
