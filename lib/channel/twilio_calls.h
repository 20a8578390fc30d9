// Calls by Twilio (tocsin-channel(5), VOICE).
#pragma once

#include "channel/call_provider.h"
#include "channel/twilio_access.h"

namespace tocsin::channel {

// Of a usual account. More are queued there, and then nobody knows when a telephone rings.
inline constexpr CallProvider::Limit kTwilioCalls{{1, 1}, 1, Bursts::at_any_time};

class TwilioCalls final : public CallProvider {
 public:
  explicit TwilioCalls(TwilioAccess access) : access_(std::move(access)) {}

  wire::CallDialect dialect() const noexcept override { return wire::CallDialect::twiml; }
  Limit limit() const noexcept override { return kTwilioCalls; }
  std::string_view busy() const noexcept override;
  HttpRequest request_of(const Ring& ring) const override;
  Verdict verdict_of(const HttpAnswer& answer) const override;

 private:
  TwilioAccess access_;
};

}  // namespace tocsin::channel
