// The telephone as a channel: a switchboard operator rings, and answers are entered by `tocsin
// phone`. Sending puts a person on the list and no more; nothing ever comes back this way.
#pragma once

#include "channel/channel.h"

namespace tocsin::channel {

class PhoneChannel final : public Channel {
 public:
  std::string_view name() const noexcept override { return "phone"; }
  Class channel_class() const noexcept override { return Class::human; }
  std::vector<Delivery> send(std::span<const Outgoing> batch) override;
  Collected collect(base::Milliseconds) override { return {}; }
  void acknowledge(std::uint64_t) override {}
};

}  // namespace tocsin::channel
