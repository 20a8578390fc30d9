// Reads the stints of a calendar's events: one event is a stint of each of its people.
// tocsin-roster(5) says what the words of an event mean.
#pragma once

#include "document/calendar/event.h"
#include "roster/reading/stint_reader.h"

namespace tocsin::roster {

// Adds the stints of the events without a fault, in their order, which version of what they are,
// and every fault, to `into`.
void read_events(const document::Calendar& calendar, const Terms& terms, ReadRota& into);

}  // namespace tocsin::roster
