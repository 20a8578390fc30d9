// The telephone as a channel: a switchboard operator rings, and enters answers with `tocsin phone`.
// Sending only puts a person on the list; `collect` never returns anything.
#pragma once

#include <memory>

#include "channel/channel.h"
#include "channel/parts.h"

namespace tocsin::channel {

class PhoneChannel final : public Carrier<Class::human> {
 public:
  static constexpr std::string_view kName = "phone";
  static std::unique_ptr<PhoneChannel> make(const contact::Settings& settings, const Parts& parts);

  std::string_view name() const noexcept override { return kName; }
  std::vector<Delivery> send(std::span<const Outgoing<Call>> batch) override;
  Collected collect(base::Milliseconds) override { return {}; }
  void acknowledge(std::uint64_t) override {}
};

}  // namespace tocsin::channel
