// The hospital of a night: a small playbook, its staff with their devices, contact points and
// on-call rota.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "drill/people/synthetic.h"
#include "incident/state/event.h"
#include "playbook/playbook.h"
#include "roster/membership/membership.h"
#include "simulation/trouble.h"

namespace tocsin::simulation {

struct Hospital {
  playbook::Playbook playbook;
  drill::Staff staff;
  std::vector<seal::PublicIdentity> keys;     // by person; not everybody's are enrolled
  std::vector<bool> has_device;               // by person
  std::vector<playbook::ChannelId> channels;  // that the home can send by
  std::vector<std::set<std::string>> wrong;   // by person: numbers of theirs that another has

  std::vector<base::Milliseconds> ahead;  // by person: of their telephone's clock

  std::size_t size() const noexcept { return staff.roster.size(); }
  const roster::PersonId& id(std::size_t person) const { return staff.roster[person].id; }
  std::size_t index(const roster::PersonId& id) const { return *staff.roster.index_of(id); }
  roster::Membership membership(base::Instant now) const;
  // The channels of the cascade that reach the person, in its order.
  std::vector<playbook::ChannelId> ways_to(std::size_t person) const;
  // An address of the person on the roster; `contact` counts from 1.
  const std::string& address(std::size_t person, std::uint64_t contact) const {
    return staff.roster[person].contacts.at(contact - 1).address;
  }
};

Hospital open_hospital(std::size_t staff, const Trouble& trouble, base::Instant at,
                       base::SeededRandom random);

}  // namespace tocsin::simulation
