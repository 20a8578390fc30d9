// Sends messages over their channels: renders them, seals them on two threads, sends them in
// batches, and returns one receipt for each message.
#pragma once

#include <span>
#include <vector>

#include "channel/channel.h"
#include "incident/message/envelopes.h"
#include "incident/state/state.h"
#include "seal/certificate.h"

namespace tocsin::incident {

// Sends messages over one channel. A person with several devices gets an envelope for each of them;
// the best receipt counts.
std::vector<Receipted> post(const State& state, std::span<const MessageIndex> messages,
                            channel::Channel& channel, const Envelopes& envelopes,
                            const seal::Certificate& caller);

}  // namespace tocsin::incident
