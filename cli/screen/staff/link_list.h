// How linked accounts look: who has one where, whose code is open, and what came of the codes that
// were sent (tocsin-staff(1)). No account is shown.
#pragma once

#include <cstddef>
#include <vector>

#include "control/linking.h"
#include "roster/people/roster.h"
#include "screen/output.h"

namespace tocsin::cli {

struct LinksShown {
  const roster::Roster& roster;
  const std::vector<roster::PendingLink>& pending;
  const std::vector<control::LinkTried>& tried;  // said before, for people
  std::size_t stopped = 0;
  base::Instant now;
};
void print_links(Output& out, Form form, const LinksShown& shown);

}  // namespace tocsin::cli
