// The one person on the roster whom a command line means.
#pragma once

#include <string_view>

#include "roster/people/roster.h"

namespace tocsin::cli {

// By an id or a name. Faults (usage) name who else it could be.
const roster::Responder& person_named(const roster::Roster& roster, std::string_view text);

}  // namespace tocsin::cli
