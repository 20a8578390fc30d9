// Reads the stints of a table: one row is one stint. tocsin-roster(5) says what its columns mean.
#pragma once

#include "document/csv.h"
#include "roster/reading/stint_reader.h"

namespace tocsin::roster {

// Adds the stints of the rows without a fault, in their order, and every fault, to `into`.
void read_table(const document::Table& table, const Terms& terms, ReadRota& into);

}  // namespace tocsin::roster
