// Time zones of the system's database (TZif, RFC 8536), by their names: "Europe/London". Clock
// changes are known until the year 2100.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/zone.h"

namespace tocsin::base {

// Nothing when the system does not have it. Safe for any name; only files of the database are read.
std::optional<Zone> system_zone(const std::string& name);

// The bytes of one file of the database; nothing when they are not sound.
std::optional<Zone> parse_zone_file(std::string_view bytes);

}  // namespace tocsin::base
