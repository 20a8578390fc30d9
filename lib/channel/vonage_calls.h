// Calls by Vonage (tocsin-channel(5), VOICE). Each request names itself by a token of its own,
// which is signed when it leaves and is good for a few minutes.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "channel/call_provider.h"
#include "contact/channel.h"
#include "seal/rsa_key.h"

namespace tocsin::channel {

// More get 429. Somebody who is put through is a call as well.
inline constexpr CallProvider::Limit kVonageCalls{{3, 3}, 3, Bursts::within_the_second};

class VonageCalls final : public CallProvider {
 public:
  // `origin`: "https://api.nexmo.com", without a slash at the end. `clock` must outlive it.
  VonageCalls(std::string origin, std::string application, seal::RsaKey key,
              const base::Clock& clock);
  // From a channel's settings: url, application and key. Faults when they cannot be used.
  static VonageCalls make(const contact::Settings& settings, const std::filesystem::path& home,
                          const base::Clock& clock);

  wire::CallDialect dialect() const noexcept override { return wire::CallDialect::ncco; }
  Limit limit() const noexcept override { return kVonageCalls; }
  std::string_view busy() const noexcept override;
  HttpRequest request_of(const Ring& ring) const override;
  Verdict verdict_of(const HttpAnswer& answer) const override;

 private:
  std::string token() const;

  std::string origin_;
  std::string application_;
  seal::RsaKey key_;
  const base::Clock& clock_;
};

}  // namespace tocsin::channel
