#include "control/inviting.h"

#include <utility>

#include "base/fault.h"
#include "control/people.h"

namespace tocsin::control {

const home::Relay& need_relay(const home::Home& home) {
  if (!home.settings().relay)
    throw base::Fault(base::Exit::invalid, "no relay is set, and an enrolment travels over one",
                      "add relay: to tocsin.yaml");
  return *home.settings().relay;
}

roster::Invitation invite(const home::Home& home, const home::Unlocked& keys,
                          const seal::SigningKey& organisation, const roster::PersonId& person,
                          base::Instant now, base::Minutes life, base::Random& random) {
  const home::Relay& relay = need_relay(home);
  roster::Invitation invitation =
      roster::invite({organisation, home.organisation(), home.enrolment(), relay.url, relay.pins},
                     person, now, life, random);
  const base::FileLock held = hold_people(home);
  auto pending = read_invitations(home, keys.store);
  pending.push_back(roster::pending_of(invitation));
  write_invitations(home, keys.store, std::move(pending), now, random);
  return invitation;
}

}  // namespace tocsin::control
