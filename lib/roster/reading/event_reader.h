// Reads the stints of a calendar's events: one event is a stint of each of its people.
// tocsin-roster(5) says what the words of an event mean.
#pragma once

#include <span>
#include <vector>

#include "document/finding.h"
#include "document/calendar/icalendar.h"
#include "roster/people/mapping.h"
#include "roster/reading/stint_reader.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// The stints of the events without a fault, in their order; every fault goes to `findings`.
std::vector<Stint> read_events(std::span<const document::Event> events, const Mapping& mapping,
                               const Roster& roster, Strangers strangers,
                               document::Findings& findings);

}  // namespace tocsin::roster
