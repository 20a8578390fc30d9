// One key's dealings with one relay (tocsin-relay(5)): post to anybody's mailbox, read its own, say
// what may be deleted. Waits, but never retries and never throws for what a relay or a network
// does.
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

// What proves to a relay who asks. Holds its own copy of the signing key; opens nothing.
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
  // Over connections that several mailboxes of one relay use in turn, on one thread; `http` has the
  // address's pins.
  Mailbox(const RelayAddress& address, Credentials credentials, const base::Clock& clock,
          std::shared_ptr<HttpClient> http);

  const seal::KeyId& id() const noexcept { return id_; }

  // Addresses are key ids in text. One Delivery for each message, in order; a batch of any size.
  // A coordinator names the mailbox that devices may answer to, and where receipts go.
  std::vector<Delivery> send(std::span<const SealedMessage> messages,
                             std::optional<seal::KeyId> answers = std::nullopt);

  struct Page {
    std::vector<wire::Item> items;
    std::string trouble;      // empty when the relay answered as it should
    bool is_refused = false;  // the relay will not serve this key, however often it asks
    base::Milliseconds retry_after{0};
  };
  // What lies beyond `after`; waits at most `wait` (a minute at most) when there is nothing.
  Page poll(std::uint64_t after, std::chrono::seconds wait);

  // True when everything up to `cursor` is gone from the relay.
  bool acknowledge(std::uint64_t cursor);

  // From any thread: ends what is under way, and all that is asked until `resume`.
  void interrupt() noexcept { http_->interrupt(); }
  void resume() noexcept { http_->resume(); }

 private:
  HttpRequest request(std::string_view method, const std::string& target, base::Bytes body,
                      base::Milliseconds patience) const;

  Origin origin_;
  Credentials credentials_;
  std::string certificate_header_;
  seal::KeyId id_;
  const base::Clock& clock_;
  std::shared_ptr<HttpClient> http_;
};

}  // namespace tocsin::channel
