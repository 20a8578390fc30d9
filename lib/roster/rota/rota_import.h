// Reads a rota from a table or from calendar events: every fault at once, and either all of it or
// none. Which columns and which words of an event say what: tocsin-roster(5).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "document/csv.h"
#include "document/finding.h"
#include "document/icalendar.h"
#include "roster/people/mapping.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// person, duty, from, until and so on.
std::span<const Field> rota_fields();

// What to do with stints of people whom the roster does not have.
enum class Strangers : std::uint8_t { refuse, skip };

// Nothing when there was an error; warnings let it pass.
std::optional<std::vector<Stint>> import_rota(const document::Table& table, const Mapping& mapping,
                                              const Roster& roster, Strangers strangers,
                                              document::Findings& findings);
std::optional<std::vector<Stint>> import_rota(std::span<const document::Event> events,
                                              const Mapping& mapping, const Roster& roster,
                                              Strangers strangers, document::Findings& findings);

}  // namespace tocsin::roster
