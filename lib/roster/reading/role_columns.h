// Tables with a column for each role, and in its cells who has it that day.
#pragma once

#include "document/csv.h"
#include "roster/reading/stint_reader.h"

namespace tocsin::roster {

// Whether it is such a table, which is reported with the way out: its headings leave open what
// people are in that role, and from when until when.
bool has_role_columns(const document::Table& table, const Terms& terms, ReadRota& into);

}  // namespace tocsin::roster
