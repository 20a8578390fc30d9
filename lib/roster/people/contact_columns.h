// The columns of a staff list that say how people are reached. Telephone numbers under a heading
// that no field has are never missed in silence.
#pragma once

#include <vector>

#include "document/csv.h"
#include "document/finding.h"
#include "roster/people/mapping.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// A column with addresses, and the channels that they are for.
struct ContactColumn {
  std::size_t column;
  std::vector<ChannelId> channels;
};

// In the order of the file, because contact points are tried in this order.
std::vector<ContactColumn> contact_columns(const Columns& columns);

// Whether a list without such columns is meant.
enum class Contacts { wanted, may_be_missing };

// Warns of unread columns with telephone numbers or email addresses in them, and of a list that has
// nothing but names. When no column was found and some are unread, that is an error.
void judge_contact_columns(const document::Table& table, const Mapping& mapping,
                           const Columns& columns, Contacts contacts, document::Findings& findings);

}  // namespace tocsin::roster
