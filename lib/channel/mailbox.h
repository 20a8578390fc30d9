// A relay's client for one key (tocsin-relay(5)): sends to any mailbox, reads the key's own, and
// says what may be deleted. It may wait, but does not retry, and does not throw for failures of the
// relay or the network.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "seal/certificate.h"
#include "seal/key.h"
#include "wire/messages.h"

namespace tocsin::channel {

// Proves to a relay who asks. Holds its own copy of the signing key.
struct Credentials {
  seal::SigningKey signing;
  seal::PublicIdentity identity;
  std::optional<seal::Certificate> certificate;  // needed to write
};
Credentials credentials_of(const seal::Identity& identity,
                           std::optional<seal::Certificate> certificate);

class Mailbox {
 public:
  // Faults (invalid) when the address is not an http or https origin.
  Mailbox(const RelayAddress& address, Credentials credentials, const base::Clock& clock);
  // For several mailboxes of one relay that share connections on one thread. `http` must have the
  // pins of the address.
  Mailbox(const RelayAddress& address, Credentials credentials, const base::Clock& clock,
          std::shared_ptr<HttpClient> http);

  const seal::KeyId& id() const noexcept { return id_; }

  // Sends a batch of any size. Addresses are key ids in text. Returns one Delivery for each
  // message, in order. A coordinator gives in `answers` the mailbox for answers and receipts.
  std::vector<Delivery> send(std::span<const SealedMessage> messages,
                             std::optional<seal::KeyId> answers = std::nullopt);

  struct Page {
    std::vector<wire::Item> items;
    std::string trouble;      // empty when the relay answered as it should
    bool is_refused = false;  // the relay never serves this key, so do not ask again
    base::Milliseconds retry_after{0};
    // How far the relay's clock is ahead of this one; 0 when it did not say.
    base::Milliseconds ahead{0};
  };
  // Returns the items after cursor `after`. When there are none, waits at most `wait`, which is at
  // most a minute.
  Page poll(std::uint64_t after, std::chrono::seconds wait);

  // True when the relay has deleted everything up to `cursor`.
  bool acknowledge(std::uint64_t cursor);

  // May be called from any thread: ends all requests until `resume`.
  void interrupt() noexcept { http_->interrupt(); }
  void resume() noexcept { http_->resume(); }

 private:
  HttpRequest request(std::string_view method, const std::string& target, base::Bytes body,
                      base::Milliseconds patience) const;
  std::vector<HttpAnswer> ask(std::size_t count,
                              const std::function<HttpRequest(std::size_t)>& request_of);
  HttpAnswer ask(const std::function<HttpRequest()>& request_of);

  Origin origin_;
  Credentials credentials_;
  std::string certificate_header_;
  seal::KeyId id_;
  const base::Clock& clock_;
  std::shared_ptr<HttpClient> http_;
  // How far the relay's clock is ahead of this one; 0 while the relay takes our proofs.
  base::Milliseconds relay_ahead_{0};
};

}  // namespace tocsin::channel
