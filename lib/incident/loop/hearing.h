// What was heard, judged: an event for the journal, or why it is refused. All of it is hostile.
#pragma once

#include <string_view>
#include <variant>

#include "base/zone.h"
#include "channel/said.h"
#include "incident/answer/text_answer.h"
#include "incident/state/state.h"
#include "seal/envelope.h"

namespace tocsin::incident {

// The reasons are counted in the journal; they name nobody. Nothing: it is of another night, or it
// was heard before.
using Judged = std::variant<std::monostate, Replied, WordsUnread, std::string_view>;

// An envelope that was opened: the signature of a listed device says whose answer it is.
Judged judge(const State& state, const ChannelId& from, const seal::Opened& opened,
             base::Instant now);

// Words: the address says whose answer it is, when somebody who has it was written to there. When
// several were, the words must name one of them.
Judged judge(const State& state, const ChannelId& from, const channel::Said& said,
             base::Instant now, const base::Zone& zone);

}  // namespace tocsin::incident
