// The fields of a staff list, with the usual headings of their columns (tocsin-roster(5)).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "roster/people/mapping.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// id, name, role and so on, and one field for each channel whose addresses people type.
std::span<const Field> people_fields();

// The channels whose addresses a field gives: "mobile" gives those of sms and phone. Empty for a
// field without addresses.
std::vector<ChannelId> channels_of(std::string_view field);

}  // namespace tocsin::roster
