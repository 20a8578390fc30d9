// What a cell beside the duty says of its whole row: that it does not count, that somebody else has
// it, that the person is away or on call, or that an absence is of half a day. Such columns are no
// fields: "Cancelled", "Approved", "Swapped With", "Leave Hours".
#pragma once

#include <string_view>

namespace tocsin::roster {

// Nothing, "none", "no", NULL, a dash, 00/00/0000.
bool says_none(std::string_view cell);

// "Cancelled" in any column, yes in a column "Cancelled", anything in "Cancelled At", no in
// "Approved".
bool marks_void(std::string_view heading, std::string_view cell);
// Anything in a column "Swapped With", "Covered By" or "Given To".
bool marks_given(std::string_view heading, std::string_view cell);
// Yes in a column "On leave", no in "Available", anything in "Sick Hours", "Left" as a status.
bool marks_away(std::string_view heading, std::string_view cell);
// Yes or "1st" in a column "On Call", anything in "On Call Level".
bool marks_on_call(std::string_view heading, std::string_view cell);
// "AM" in any column, and anything but a whole day in a column "Half day".
bool marks_half_day(std::string_view heading, std::string_view cell);

// Whether a heading speaks of absences: "Leave Start", "Unavailable From".
bool names_absence(std::string_view heading);
// A column that says why, as lists of absences have it.
bool is_of_reason(std::string_view heading);
// A column that may say until when: "Return Date", "Back At Work".
bool is_of_return(std::string_view heading);
// A column in which people write what they like: "Notes".
bool is_of_notes(std::string_view heading);

}  // namespace tocsin::roster
