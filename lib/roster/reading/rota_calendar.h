// A rota as a calendar file, which other programs show and `rota import` reads back.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "roster/people/roster.h"
#include "roster/rota/listing.h"

namespace tocsin::roster {

// One event for each stint: "On call anaesthetist: Ana Bell". Somebody whose name another has, too,
// is named by id. No contact point is written.
std::string rota_calendar(std::span<const Listed> stints, const Roster& roster,
                          base::Instant written);

// The role in the words of an event of such a file, as it was written: what looks like a duty in
// it ("anaesthetist-on-call") belongs to it. Nothing for events of others.
std::optional<RoleId> role_of_own(std::string_view uid, std::string_view words);

}  // namespace tocsin::roster
