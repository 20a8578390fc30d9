// What would go wrong in an incident, said in advance: who cannot be reached, which names are
// easily confused, what is overdue, which posts nobody could fill. Reads only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "control/channel_trial.h"
#include "control/contact_tests.h"
#include "home/home.h"
#include "incident/seating/pool.h"
#include "playbook/playbook.h"
#include "roster/membership/membership.h"
#include "roster/membership/reachability.h"
#include "roster/people/names.h"
#include "roster/people/roster.h"
#include "roster/rota/coverage.h"

namespace tocsin::control {

struct CheckedPlaybook {
  std::string file;
  playbook::Playbook playbook;
  std::vector<incident::EmptySeats> unfilled;
  std::vector<contact::ChannelId> missing_channels{};  // that the home cannot send by

  const std::string& id_of(const incident::EmptySeats& seats) const {
    return playbook.posts[seats.post].id.str();
  }
};

// A contact point of an active person on a channel of this home that can be tested.
struct Untried {
  std::size_t person = 0;  // on the roster
  contact::ChannelId channel;
  std::string why{};  // it failed at its last test; empty: it was never tested
};

struct Examination {
  roster::Roster roster;
  roster::Membership membership;
  roster::Reach reach;
  std::optional<std::vector<std::size_t>> unwakeable;  // absent where nobody is woken by push
  std::vector<roster::LookAlike> look_alikes;
  std::vector<CheckedPlaybook> playbooks;
  std::vector<Unusable> unusable;  // channels of tocsin.yaml
  // Absent where no channel of tocsin.yaml can be tested.
  std::optional<std::vector<Untried>> never_tested;
  std::optional<std::vector<Untried>> failed_test;
  roster::Coverage coverage;  // of what the rota's own on-call roles and the playbooks need
  base::Instant at{};
  bool review_is_due = false;
  bool has_rota = false;
  bool is_utc_by_default = false;  // home/time_zone.h
  bool has_aes = false;

  std::size_t unfilled() const {
    std::size_t posts = 0;
    for (const CheckedPlaybook& one : playbooks) posts += one.unfilled.size();
    return posts;
  }
  bool misses_channels() const {
    return std::any_of(playbooks.begin(), playbooks.end(),
                       [](const CheckedPlaybook& one) { return !one.missing_channels.empty(); });
  }
};

// `playbooks` are tried at `at`, as an incident that was declared then would have it.
Examination examine(const home::Home& home, const home::Unlocked& keys,
                    std::vector<CheckedPlaybook> playbooks, base::Instant at, base::Instant now);

}  // namespace tocsin::control
