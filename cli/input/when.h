// Reads a time as people write it: "22:40", "Sunday 04:00", "+2h" (base/instant.h). Anything else
// is a Fault (usage), with the same text for every command.
#pragma once

#include <string>

#include "base/instant.h"

namespace tocsin::cli {

// Relative to `now`; `now` itself when the option was not given.
base::Instant when(const std::string& text, base::Instant now);

// To look back at an incident: "22:55" is the first one after the declaration, and "+2h" is two
// hours after it. A time in the future is a Fault, too.
base::Instant since(const std::string& text, base::Instant declared, base::Instant now);

}  // namespace tocsin::cli
