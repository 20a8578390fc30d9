// Hands messages to their channels: renders, seals on two threads, sends in batches, and brings
// back one receipt for each message.
#pragma once

#include <span>
#include <vector>

#include "channel/channel.h"
#include "incident/message/envelopes.h"
#include "incident/state/state.h"
#include "seal/certificate.h"

namespace tocsin::incident {

// Messages of one channel. A person with several devices is sent one envelope for each; the best
// receipt counts.
std::vector<Receipted> post(const State& state, std::span<const MessageIndex> messages,
                            channel::Channel& channel, const Envelopes& envelopes,
                            const seal::Certificate& caller);

}  // namespace tocsin::incident
