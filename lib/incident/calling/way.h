// By which way somebody is asked first, for what is believed of it.
#pragma once

#include "callout/belief.h"
#include "incident/state/state.h"

namespace tocsin::incident {

callout::Way way_of(const ChannelId& channel);
// Of somebody who was asked: that of their first message. Of several at the same time the one that
// reaches most counts.
callout::Way way_of(const State& state, PersonIndex person);

}  // namespace tocsin::incident
