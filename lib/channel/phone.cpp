#include "channel/phone.h"

namespace tocsin::channel {

std::unique_ptr<PhoneChannel> PhoneChannel::make(const contact::Settings&, const Parts&) {
  return std::make_unique<PhoneChannel>();
}

std::vector<Delivery> PhoneChannel::send(std::span<const Outgoing<Call>> batch) {
  std::vector<Delivery> deliveries;
  deliveries.reserve(batch.size());
  for (const Outgoing<Call>& message : batch)
    deliveries.push_back({message.id, Receipt::queued, {}, {}});
  return deliveries;
}

}  // namespace tocsin::channel
