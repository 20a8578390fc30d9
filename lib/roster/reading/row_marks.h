// What a cell beside the duty says of its whole row: that it does not count, that somebody is away,
// or that an absence is of half a day. Such columns are no fields: "Cancelled", "Approved",
// "Notes".
#pragma once

#include <string_view>

namespace tocsin::roster {

// "Cancelled" in any column, yes in a column "Cancelled", no in a column "Approved".
bool marks_void(std::string_view heading, std::string_view cell);
// Yes in a column "On leave", no in a column "Available".
bool marks_away(std::string_view heading, std::string_view cell);
// "AM" in any column, and anything but a whole day in a column "Half day".
bool marks_half_day(std::string_view heading, std::string_view cell);

}  // namespace tocsin::roster
