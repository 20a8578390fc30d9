// Reads a table with one row a person and one column a day, whose cells hold the words of shifts:
// "LD", "N", "AL". What a word means, and its times, the home says (tocsin rota words).
#pragma once

#include "document/csv.h"
#include "roster/reading/stint_reader.h"

namespace tocsin::roster {

// Whether the headings name days, with or without their year.
bool is_grid(const document::Table& table);

// Adds the stints of the cells without a fault, and every fault, to `into`.
void read_grid(const document::Table& table, const Terms& terms, ReadRota& into);

}  // namespace tocsin::roster
