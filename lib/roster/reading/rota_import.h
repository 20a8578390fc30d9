// Reads a rota from a file. Every fault is reported at once. tocsin-roster(5) says what the columns
// of a table and the words of an event mean.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"
#include "roster/reading/stint_reader.h"
#include "roster/reading/table_reader.h"

namespace tocsin::roster {

// The text of a file, which says itself whether it is CSV or iCalendar. Of a calendar, a month back
// for the rules of rest, and as far ahead as rotas are planned. What was read counts only when
// `into` has no error in the end, and what was not understood in it is for the caller to judge.
void read_rota(std::string_view text, const std::string& file, base::Instant now,
               const Terms& terms, ReadRota& into);

}  // namespace tocsin::roster
