// Reads the stints of a table: one row is one stint. tocsin-roster(5) says what its columns mean.
#pragma once

#include <span>
#include <vector>

#include "document/csv.h"
#include "document/finding.h"
#include "roster/people/mapping.h"
#include "roster/reading/stint_reader.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// person, duty, from, until and so on.
std::span<const Field> rota_fields();

// The stints of the rows without a fault, in their order; every fault goes to `findings`.
std::vector<Stint> read_table(const document::Table& table, const Mapping& mapping,
                              const Roster& roster, Strangers strangers,
                              document::Findings& findings);

}  // namespace tocsin::roster
