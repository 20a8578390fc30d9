// Reads a rota from a table or from calendar events. Every fault is reported at once, and the
// result has all stints or none. tocsin-roster(5) says what columns and words of an event mean.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "document/csv.h"
#include "document/finding.h"
#include "document/calendar/icalendar.h"
#include "roster/people/mapping.h"
#include "roster/reading/stint_reader.h"
#include "roster/reading/table_reader.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// Returns nothing when there was an error; warnings do not matter.
std::optional<std::vector<Stint>> import_rota(const document::Table& table, const Mapping& mapping,
                                              const Roster& roster, Strangers strangers,
                                              document::Findings& findings);
std::optional<std::vector<Stint>> import_rota(std::span<const document::Event> events,
                                              const Mapping& mapping, const Roster& roster,
                                              Strangers strangers, document::Findings& findings);

// The text of a file, which says itself whether it is CSV or iCalendar. Of a calendar, a month back
// for the rules of rest, and as far ahead as rotas are planned.
std::optional<std::vector<Stint>> import_rota(std::string_view text, const std::string& file,
                                              base::Instant now, const Mapping& mapping,
                                              const Roster& roster, Strangers strangers,
                                              document::Findings& findings);

}  // namespace tocsin::roster
