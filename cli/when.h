// A time as people give it to an option: "22:40", "Sunday 04:00", "+2h" (base/instant.h). What is
// none is a Fault (usage), in the same words for every command.
#pragma once

#include <string>

#include "base/instant.h"

namespace tocsin::cli {

// Read against `now`; `now` itself when the option was not given.
base::Instant when(const std::string& text, base::Instant now);

// As `when`, but "22:40" is the latest one that has passed: for looking back.
base::Instant past(const std::string& text, base::Instant now);

}  // namespace tocsin::cli
