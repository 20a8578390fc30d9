// The words of one message to one person, rendered from the playbook's template in their language.
#pragma once

#include "incident/message.h"
#include "incident/state.h"

namespace tocsin::incident {

Notice notice_for(const State& state, const Message& message, const seal::Certificate& certificate);

// What an operator reads out on the telephone, or the switchboard's sheet says.
std::string spoken(const State& state, const Message& message);

seal::Kind envelope_kind(playbook::MessageKind kind) noexcept;

}  // namespace tocsin::incident
