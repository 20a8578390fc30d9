#include "channel/phone.h"

namespace tocsin::channel {

std::vector<Delivery> PhoneChannel::send(std::span<const Outgoing> batch) {
  std::vector<Delivery> deliveries;
  deliveries.reserve(batch.size());
  for (const Outgoing& message : batch) deliveries.push_back({message.id, Receipt::queued, {}, {}});
  return deliveries;
}

}  // namespace tocsin::channel
