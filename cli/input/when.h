// A time as people give it to an option: "22:40", "Sunday 04:00", "+2h" (base/instant.h). What is
// none is a Fault (usage), in the same words for every command.
#pragma once

#include <string>

#include "base/instant.h"

namespace tocsin::cli {

// Read against `now`; `now` itself when the option was not given.
base::Instant when(const std::string& text, base::Instant now);

// For looking back at an incident: "22:55" is the first one since it was declared, and "+2h" two
// hours into it. What has not come yet is a Fault as well.
base::Instant since(const std::string& text, base::Instant declared, base::Instant now);

}  // namespace tocsin::cli
