// What an incident begins with: the events that `declare` puts at the head of its journal, and that
// `plan` looks ahead from. Writes nothing.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "home/home.h"
#include "incident/state/event.h"
#include "playbook/playbook.h"
#include "roster/people/roster.h"

namespace tocsin::cli {

// `declared` first, with the organisation and whoever holds the keys filled in; then the roster
// with its rota, the devices and the history, as the home has them at that time. The incident's
// own keys are for the caller to make.
std::vector<incident::Body> declaration(const home::Home& home, const home::Unlocked& keys,
                                        incident::Declared declared, const roster::Roster& roster,
                                        base::Instant at);

// The same for an incident that is only thought of: an exercise that nobody declares.
std::vector<incident::Body> rehearsal(const home::Home& home, const home::Unlocked& keys,
                                      std::string playbook_file, playbook::Playbook playbook,
                                      const roster::Roster& roster, base::Instant at,
                                      base::Random& random);

}  // namespace tocsin::cli
