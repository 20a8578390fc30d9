#include "incident/view/receipts.h"

namespace tocsin::incident {

namespace {

bool is_delivered(const Message& message) {
  return message.receipt == contact::Receipt::delivered ||
         message.receipt == contact::Receipt::read;
}

}  // namespace

Receipts receipts_of(const State& state, std::span<const seal::MessageId> messages) {
  Receipts out;
  for (const seal::MessageId& id : messages) {
    auto last = state.message_index(id);
    if (!last) continue;
    bool reached = is_delivered(state.messages[*last]);
    while (state.messages[*last].again) {
      last = state.messages[*last].again;
      reached = reached || is_delivered(state.messages[*last]);
    }
    // What is not pursued any more without a receipt was given up: newer words have replaced it.
    const Message& message = state.messages[*last];
    const bool is_said = message.channel == kPhone && !state.has_ended();
    const bool is_told = !state.untold.contains(*last) && (reached || is_said || !message.closed);
    ++(is_told ? out.told : reached ? out.delivered : out.not_told);
  }
  return out;
}

}  // namespace tocsin::incident
