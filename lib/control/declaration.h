// What an incident begins with. `declare` writes it into a journal of its own; `plan` and a
// rehearsal only look ahead from it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "control/session.h"
#include "home/home.h"
#include "incident/state/event.h"
#include "incident/state/ledger.h"
#include "journal/memory.h"
#include "playbook/playbook.h"
#include "record/journals.h"
#include "roster/people/roster.h"

namespace tocsin::control {

// The events: `declared` first, with the organisation and whoever holds the keys filled in; then
// the roster with its rota, the devices and the history, as the home has them at that time. The
// incident's own keys are for the caller to make. Writes nothing. A history that cannot be read
// stops nobody: `note` is told, and the forecast begins with the published figures; without one it
// is a Fault.
std::vector<incident::Body> declaration(const home::Home& home, const home::Unlocked& keys,
                                        incident::Declared declared, const roster::Roster& roster,
                                        base::Instant at, const record::Note& note = {});

// The same for an incident that is only thought of: an exercise that nobody declares.
std::vector<incident::Body> rehearsal(const home::Home& home, const home::Unlocked& keys,
                                      std::string playbook_file, playbook::Playbook playbook,
                                      const roster::Roster& roster, base::Instant at,
                                      base::Random& random);

// "MI-20261122-2240", with a number after it when another incident of that minute has it; "EX-…"
// for an exercise, so that the label alone tells them apart.
std::string free_label(seal::Realness realness, base::Instant at,
                       const std::vector<record::Listed>& known);

// Opens the incident that `declared` names: makes its keys and its journal, and lists it among the
// home's incidents. Sends nothing.
std::unique_ptr<Session> declare(home::Home home, home::Unlocked keys, incident::Declared declared,
                                 const roster::Roster& roster, const base::Clock& clock,
                                 const record::Note& note = {});

// What the first pass would do, in memory, with nothing to send it over.
class FirstPass {
 public:
  FirstPass(std::vector<incident::Body> events, const home::Unlocked& keys,
            const base::Clock& clock, base::Random& random);
  const incident::State& state() const noexcept { return ledger_.state(); }

 private:
  journal::MemoryJournal journal_;
  incident::Ledger ledger_;
};

}  // namespace tocsin::control
