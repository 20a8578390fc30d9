// The people that the home keeps, as a control room reads and writes them: the sealed roster and
// rota, the signed membership, and the invitations that are open.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/random.h"
#include "home/home.h"
#include "incident/coordinator/order.h"
#include "roster/membership/enrolment.h"
#include "roster/membership/membership.h"
#include "roster/people/roster.h"
#include "roster/rota/meaning.h"
#include "roster/rota/rota.h"

namespace tocsin::control {

// Empty with revision 0 when nothing was imported yet. Faults (untrusted) when a file was changed.
roster::Roster read_roster(const home::Home& home, const seal::StoreKey& store);
roster::Rota read_rota(const home::Home& home, const seal::StoreKey& store);
// What the words of its rota systems mean; empty when nothing was said yet.
roster::Meanings read_meanings(const home::Home& home, const seal::StoreKey& store);
// `held` is from hold_people, since before what is changed was read: of two commands at once, the
// later one would otherwise undo what the other did.
void write_roster(const home::Home& home, const seal::StoreKey& store, const roster::Roster& roster,
                  base::Random& random, const base::FileLock& held);
void write_rota(const home::Home& home, const seal::StoreKey& store, const roster::Rota& rota,
                base::Random& random, const base::FileLock& held);
void write_meanings(const home::Home& home, const seal::StoreKey& store,
                    const roster::Meanings& meanings, base::Random& random,
                    const base::FileLock& held);

// As read_roster, but without a roster there is a Fault that says how to import one.
roster::Roster need_roster(const home::Home& home, const seal::StoreKey& store);

// Changes contact points of the roster, one after the other, and writes it when any is another
// then.
using ChangeContact = std::function<void(const roster::PersonId&, roster::ContactPoint&)>;
void change_contacts(const home::Home& home, const seal::StoreKey& store, base::Random& random,
                     const ChangeContact& change);

// What the switchboard learned about telephone numbers, so that the next night rings nobody else's.
// For each call of the order that ended with a wrong number, the person's contact points with it
// are marked on the roster as not working; those with a number that was right after all, as
// working.
void note_numbers(const home::Home& home, const seal::StoreKey& store, const incident::State& state,
                  const incident::Order& order, base::Random& random);

// What people asked for in words: on the roster, the contact points of each channel on which
// somebody wants no more messages are withdrawn from `today` on.
void note_stops(const home::Home& home, const seal::StoreKey& store, const incident::State& state,
                roster::Date today, base::Random& random);

// The same at one address, said at `at`. False when nobody has it there, they said so before, or
// consented since: a provider lists for days what was said.
bool note_stop(const home::Home& home, const seal::StoreKey& store,
               const contact::ChannelId& channel, const std::string& address, base::Instant at,
               base::Random& random);

// While it is held, no other process changes people, rota, membership or invitations. Never hold it
// while a person or a relay is asked. Take it after that, and read under it what is to be changed.
base::FileLock hold_people(const home::Home& home);

// The newest list, as it is signed and opened. Everybody who uses the membership takes it from
// here: a list older than one seen before, one that was changed, and one that is gone fault
// (untrusted).
struct NewestList {
  base::Bytes bytes;
  roster::Membership membership;
};
// nullopt when there is none yet.
std::optional<NewestList> newest_list(const home::Home& home, const seal::StoreKey& store);
// Number 0 when there is none yet.
roster::Membership read_membership(const home::Home& home, const seal::StoreKey& store);
// Signs the list under its next number and keeps it.
void write_membership(const home::Home& home, const seal::StoreKey& store,
                      roster::Membership& membership, const seal::SigningKey& organisation,
                      base::Instant now, base::Random& random);

std::vector<roster::PendingInvitation> read_invitations(const home::Home& home,
                                                        const seal::StoreKey& store);
// Leaves out invitations that cannot be used any more.
void write_invitations(const home::Home& home, const seal::StoreKey& store,
                       std::vector<roster::PendingInvitation> invitations, base::Instant now,
                       base::Random& random);

}  // namespace tocsin::control
