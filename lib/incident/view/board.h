// The coordinator's screen as values (tocsin-board(1)): a pure function of the state and the time,
// so that `board --at 22:40` shows what was known then. Knows nothing about layout.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "incident/state/state.h"
#include "incident/view/traffic.h"

namespace tocsin::incident {

struct Gap {
  PostId post;
  std::string title;
  int missing = 0;
  base::Instant by;  // when the first missing seat is needed
};

struct Seats {
  int required = 0;
  int filled = 0;   // seats with somebody assigned
  int on_time = 0;  // of these, with somebody who is there by the time of need
  int arrived = 0;  // of these, with somebody who is here now
};

struct AreaLine {
  AreaId id;
  std::string title;
  playbook::Priority priority = 1;
  Seats seats;
  int minimum = 0;        // minimum safe number of seats
  int below_minimum = 0;  // seats missing to the safe number, summed over posts
  std::vector<Gap> gaps;  // the most urgent first
  // The lowest probability of its deadlines that have not passed; absent when all have.
  std::optional<double> forecast;
};

struct RoleLine {
  std::string role;
  int pool = 0;     // people who would come and hold no seat
  int reserve = 0;  // of these, people told to stay near the telephone
};

struct Cover {
  std::chrono::hours ahead{0};  // from the declaration
  bool planned = false;         // the playbook has a shift then
  Seats seats;
};

struct Waiting {  // a prompt that waits for the coordinator
  std::uint64_t number = 0;
  Flag flag = Flag::gap;
  std::string subject;
  std::string advice;
  std::string_view otherwise;  // what is done when nobody answers
  bool raised = false;         // it has interrupted the coordinator
  base::Instant expires;       // when the default is done
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
  std::string shift;  // the current one; areas and seats are those of this shift

  std::optional<base::Instant> forecast_at;  // when the areas' forecasts were made

  Seats seats;
  std::vector<AreaLine> areas;   // the least likely to be filled in time first
  std::array<int, 3> inbound{};  // assigned and not here: expected within 15, 30 and 60 minutes
  int inbound_later = 0;
  Counts counts;
  std::vector<RoleLine> roles;   // most people first
  std::array<Cover, 3> cover{};  // at 8, 12 and 24 hours
  int rest_breaches = 0;         // assigned people whose rest rules would be broken
  int offers_parked = 0;
  int offers_useful = 0;         // of these, offers that would fill open seats
  std::vector<Waiting> waiting;  // the most important first
  int not_told = 0;              // people with a seat of whom no receipt says that they know it
  int duty_unknown = 0;          // people of whom the rota does not say whether they are at work
  std::string rota;              // why: "the rota ended on …"; empty when every duty is known
  int left_to_wards = 0;   // seats for which nobody is asked before their time (seating/ward.h)
  int left_to_people = 0;  // people who must know something that no channel carries any more
  int phone_list = 0;      // people to ring
  int wrong_numbers = 0;   // people with a number that is somebody else's
  int unsent = 0;          // messages that wait for `run`
  std::vector<Traffic> traffic;  // of the written channels
};

// The board of an incident that has ended shows its end: no prompt waits, and only the telephone
// list and the unsent messages are those of `now`.
Board board(const State& state, base::Instant now);

}  // namespace tocsin::incident
