// Thousands of telephones that wait at one relay over loopback. They are plain sockets with one
// epoll, so that the relay takes most of the time.
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
  // Each has its own keys and certificate.
  Phones(std::size_t count, const seal::SigningKey& organisation, const base::Clock& clock);
  ~Phones();
  Phones(const Phones&) = delete;
  Phones& operator=(const Phones&) = delete;

  std::size_t size() const noexcept { return mailboxes_.size(); }
  const seal::KeyId& mailbox(std::size_t phone) const { return mailboxes_[phone]; }

  // All of them send a request that waits. Faults when a connection cannot be made.
  void wait_on(std::uint16_t port);
  // Waits until every phone has an answer of at least `bytes`, or `seconds` have passed. Returns
  // how many have one.
  std::size_t hear_all(std::size_t bytes, double seconds);

 private:
  std::vector<std::string> requests_;  // made before the measurement, which leaves signing out
  std::vector<seal::KeyId> mailboxes_;
  std::vector<int> sockets_;
  int epoll_;
};

}  // namespace tocsin::bench
