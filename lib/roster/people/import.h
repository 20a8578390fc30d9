// Reads people from a table: every fault of every row at once, and either all of them or none.
// Knows where columns come from (mapping.h); does not touch the disk. Columns and words:
// tocsin-roster(5).
#pragma once

#include <optional>
#include <vector>

#include "document/csv.h"
#include "document/finding.h"
#include "roster/people/mapping.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// Nothing when there was an error; warnings let it pass. Findings name row and column, and never
// hold a telephone number or an address.
std::optional<std::vector<Responder>> import_people(const document::Table& table,
                                                    const Mapping& mapping,
                                                    document::Findings& findings);

// What is known of contact points that stayed the same moves over from `old`: whether they work,
// and the later of the two times that they were tested.
void keep_history(std::vector<Responder>& people, const Roster& old);

struct Difference {
  std::size_t added = 0;
  std::size_t removed = 0;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
};
Difference difference(const Roster& before, const Roster& after);

}  // namespace tocsin::roster
