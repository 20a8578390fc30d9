// The fields of a staff list, with the headings that their columns are usually found under:
// tocsin-roster(5).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "roster/people/mapping.h"
#include "roster/people/roster.h"

namespace tocsin::roster {

// id, name, role and so on, and one field for each channel whose addresses people type.
std::span<const Field> people_fields();

// The channels that a field serves: "mobile" serves sms and phone. Empty for a field that holds no
// address.
std::vector<ChannelId> channels_of(std::string_view field);

}  // namespace tocsin::roster
