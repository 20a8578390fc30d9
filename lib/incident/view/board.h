// The coordinator's one screen as values (design §10): a pure function of the state and the time,
// so that `board --at 22:40` shows what was known then. Says nothing of how it looks.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "incident/state/state.h"

namespace tocsin::incident {

struct Gap {
  PostId post;
  std::string title;
  int missing = 0;
  base::Instant by;  // when the first missing seat is needed
};

struct Seats {
  int required = 0;
  int filled = 0;   // somebody is assigned
  int on_time = 0;  // of these, there by the time their seat is needed
  int arrived = 0;  // of these, here now
};

struct AreaLine {
  AreaId id;
  std::string title;
  playbook::Priority priority = 1;
  Seats seats;
  int minimum = 0;        // safe number of seats
  int below_minimum = 0;  // seats that the safe number lacks, post by post
  std::vector<Gap> gaps;  // the most urgent first
  // The least probability of its deadlines that are ahead; absent when none is.
  std::optional<double> forecast;
};

struct RoleLine {
  std::string role;
  int pool = 0;     // would come, and hold no seat
  int reserve = 0;  // of these, told to stay near the telephone
};

struct Cover {
  std::chrono::hours ahead{0};  // from the declaration
  bool planned = false;         // the playbook has a shift then
  Seats seats;
};

struct Waiting {  // for the coordinator
  std::uint64_t number = 0;
  Flag flag = Flag::gap;
  std::string subject;
  std::string advice;
  std::string_view otherwise;  // what holds when nobody answers
  bool raised = false;         // it interrupted; otherwise it only waits here
  base::Instant expires;       // then its default holds
};

struct Board {
  std::string label;
  std::string title;
  std::string organisation;
  seal::Realness realness = seal::Realness::exercise;
  base::Instant declared_at;
  base::Instant at;
  std::optional<base::Instant> ended_at;
  std::string ended_by;
  std::string ended_why;
  std::string shift;  // the one that runs; areas and seats are its

  Seats seats;
  std::vector<AreaLine> areas;   // the least likely to be filled in time first
  std::array<int, 3> inbound{};  // assigned and not here: expected within 15, 30 and 60 minutes
  int inbound_later = 0;
  Counts counts;
  std::vector<RoleLine> roles;   // most people first
  std::array<Cover, 3> cover{};  // at 8, 12 and 24 hours
  int rest_breaches = 0;         // assigned people whose rest rules would be broken
  int offers_parked = 0;
  int offers_useful = 0;         // of these, as many as would fill seats that are open
  std::vector<Waiting> waiting;  // the most important first
  int phone_list = 0;            // people to ring
  int unsent = 0;                // messages that wait for `run`
};

// Of an incident that has ended, how it stood at the end: no prompt waits, and only the telephone
// list and what is unsent are of `now`.
Board board(const State& state, base::Instant now);

}  // namespace tocsin::incident
