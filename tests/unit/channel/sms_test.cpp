#include "channel/sms.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "seal/entropy.h"

namespace tocsin::channel {
namespace {

// Each is asked for a setting that only it has.
TEST(Sms, IsOfTheProviderThatTheHomeNames) {
  seal::Entropy entropy;
  const seal::Identity key = seal::Identity::generate(entropy);
  const seal::Certificate certificate{};
  const base::VirtualClock clock{base::Instant{}};
  const Parts parts{.home = "/nowhere",
                    .relay = {},
                    .coordinator = key,
                    .certificate = certificate,
                    .incident = key,
                    .clock = clock};
  const auto refusal = [&](const char* provider) {
    try {
      SmsChannel::make({{"provider", provider}, {"key", "key"}}, parts);
    } catch (const base::Fault& fault) {
      return std::string{fault.what()};
    }
    return std::string{};
  };
  EXPECT_NE(refusal("twilio").find("Twilio"), std::string::npos);
  EXPECT_NE(refusal("notify").find("/nowhere/key"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
