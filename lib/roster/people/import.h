// Reads people from a table. Every fault of every row is reported at once, and the result has all
// people or none. mapping.h finds the columns. Does not touch the disk. Columns and words:
// tocsin-roster(5).
#pragma once

#include <optional>
#include <vector>

#include "document/csv.h"
#include "document/finding.h"
#include "roster/people/contact_columns.h"
#include "roster/people/mapping.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// Returns nothing when there was an error; warnings do not matter. Findings name row and column,
// and never contain a telephone number or an address.
std::optional<std::vector<Responder>> import_people(const document::Table& table,
                                                    const Mapping& mapping,
                                                    document::Findings& findings,
                                                    Contacts contacts = Contacts::may_be_missing);

// For contact points that are the same as in `old`, takes over the later of the two test times, and
// whether they work, unless the new list says that they were tested since.
void keep_history(std::vector<Responder>& people, const Roster& old);

struct Difference {
  std::size_t added = 0;
  std::size_t removed = 0;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
  std::size_t without_contacts = 0;  // now
  std::size_t lost_contacts = 0;     // had some before, and have none now
};
Difference difference(const Roster& before, const Roster& after);

}  // namespace tocsin::roster
