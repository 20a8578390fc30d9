// The simulated responders' devices, which fetch and send messages: on a real relay over loopback
// with real keys, or, for thousands of seeds, in memory without both.
#pragma once

#include <memory>
#include <vector>

#include "base/random.h"
#include "channel/channel.h"
#include "device/message.h"
#include "incident/message/envelopes.h"
#include "incident/message/payload.h"
#include "roster/membership/membership.h"
#include "roster/people/roster.h"

namespace tocsin::drill {

class Phones {
 public:
  virtual ~Phones() = default;
  // The messages to this person since the last call, oldest first. Faults when one fails a check:
  // in a drill every message is genuine, so that is a bug of ours.
  virtual std::vector<device::Message> fetch(std::size_t person, base::Instant now) = 0;
  virtual void send(std::size_t person, const seal::Header& header,
                    const incident::Reply& reply) = 0;
};

}  // namespace tocsin::drill
