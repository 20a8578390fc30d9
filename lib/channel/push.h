// Web Push as a channel (tocsin-channel(5), PUSH): wakes a browser with an empty message. An
// address is a Subscription's bytes in base64url. "Sent" means only that the push service has the
// message; `collect` never returns anything.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/http.h"
#include "channel/parts.h"
#include "channel/subscription.h"
#include "seal/p256.h"

namespace tocsin::channel {

struct PushSettings {
  std::string
      contact{};      // whom a push service can turn to: an https: or mailto: address, or nobody
  std::string own{};  // as push_service has it
  base::Milliseconds patience{10'000};
};

class PushChannel final : public Carrier<Class::provider_readable> {
 public:
  static constexpr std::string_view kName = "push";
  static std::unique_ptr<PushChannel> make(const contact::Settings& settings, const Parts& parts);

  PushChannel(seal::P256Key key, PushSettings settings, const base::Clock& clock);

  std::string_view name() const noexcept override { return kName; }
  // Messages over the allowance get failed_for_now, with a time after which to try again.
  std::vector<Delivery> send(std::span<const Outgoing<Content>> batch) override;
  Collected collect(base::Milliseconds) override { return {}; }
  void acknowledge(std::uint64_t) override {}

  // The addresses whose subscriptions no longer exist, as the push service said. Each is returned
  // once.
  std::vector<std::string> take_gone() { return std::exchange(gone_, {}); }

  // As in HttpClient; may be called from any thread.
  void interrupt() noexcept { http_.interrupt(); }

 private:
  struct Wake;
  HttpRequest request(const Wake& wake) const;
  bool take_token();

  seal::P256Key key_;
  PushSettings settings_;
  const base::Clock& clock_;
  HttpClient http_;
  double tokens_;
  base::Instant filled_;
  std::vector<std::string> gone_;
};

std::string address_of(const Subscription& subscription);

}  // namespace tocsin::channel
