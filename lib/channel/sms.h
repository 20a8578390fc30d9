// Text messages, through whichever provider the home has (tocsin-channel(5), SMS).
#pragma once

#include <memory>
#include <string_view>

#include "base/allowance.h"
#include "channel/channel.h"
#include "channel/parts.h"

namespace tocsin::channel {

struct SmsChannel {
  static constexpr std::string_view kName = "sms";
  static constexpr Class kCarries = Class::provider_readable;
  static std::unique_ptr<Channel> make(const contact::Settings& settings, const Parts& parts);
  // How fast it sends, at most.
  static base::Rate limit(const contact::Settings& settings);
};

}  // namespace tocsin::channel
