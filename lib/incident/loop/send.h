// Sends messages over their channels: writes what a channel of that class may carry, sends it in
// batches, and returns one receipt for each message.
#pragma once

#include <span>
#include <vector>

#include "channel/channel.h"
#include "incident/message/envelopes.h"
#include "incident/state/state.h"
#include "seal/certificate.h"

namespace tocsin::incident {

// Sends messages over one channel. A person with several devices or addresses gets one for each of
// them; the best receipt counts. What the channel holds back has none, and is still to be sent.
std::vector<Receipted> send(const State& state, std::span<const MessageIndex> messages,
                            channel::Channel& channel, const Envelopes& envelopes,
                            const seal::Certificate& caller);

}  // namespace tocsin::incident
