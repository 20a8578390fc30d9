// Names of Windows for time zones, as Outlook and Exchange write them, by CLDR's table
// (windowsZones.xml, typeVersion 2021a, otherVersion 7e11800; territory 001).
#pragma once

#include <string_view>

namespace tocsin::document {

// "Europe/London" for "GMT Standard Time"; empty for a name that is not in the table.
std::string_view zone_of_windows(std::string_view name);

}  // namespace tocsin::document
