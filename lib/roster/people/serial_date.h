// The number that a spreadsheet keeps instead of a date, when its column is not formatted as one.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::roster {

// What a cell such as "46391" may mean, in both counts of days, and the way out; empty when it is
// no such number. Says it only: which of the two counts a workbook uses does not stand in the file.
std::string serial_date_hint(std::string_view text);

}  // namespace tocsin::roster
