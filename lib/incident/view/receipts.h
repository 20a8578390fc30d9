// Who has got some messages, by receipt: what was written is not delivered, and what was delivered
// is not told (README.md, Words).
#pragma once

#include <span>

#include "incident/state/state.h"

namespace tocsin::incident {

// Numbers of people; each counts once.
struct Receipts {
  int told = 0;
  int delivered = 0;  // a nudge that says nothing has reached them
  int not_told = 0;
};

// Of these messages, also where their words went on to a person's next channel.
Receipts receipts_of(const State& state, std::span<const seal::MessageId> messages);

}  // namespace tocsin::incident
