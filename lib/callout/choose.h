// Whom to ask next: the people to disturb so that the open seats are likely to be filled, and
// nobody else (design §5). Pure: the same question has the same answer. This version sizes by the
// playbook's over-call factor; a forecast needs only another way to set Demand::wanted.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.h"

namespace tocsin::callout {

// Seats of one post that nobody is coming for yet.
struct Demand {
  std::uint32_t post = 0;               // the caller's number for it
  int rank = 1;                         // 1 is served first
  int open = 0;                         // seats without anyone
  int outstanding = 0;                  // people who were asked for it and may still answer
  double over_call = 1.0;               // people asked for each open seat, at least 1
  std::optional<base::Minutes> within;  // from now; absent when there is no hurry

  // How many more people must be asked now.
  int wanted() const noexcept;
};

// Somebody who could be asked.
struct Candidate {
  std::uint32_t person = 0;  // the caller's number; smaller breaks ties
  std::uint32_t kind = 0;    // people of one kind can hold the same posts
  std::uint32_t group = 0;   // staff group, for the caps
  base::Minutes travel{0};
  bool on_call = false;      // at home and bound to answer: before everyone else
  bool rest_broken = false;  // coming would break a rest rule: after everyone else
};

struct Ask {
  std::uint32_t person = 0;
  std::uint32_t post = 0;
  std::string why;
  friend bool operator==(const Ask&, const Ask&) = default;
};

struct Choice {
  std::vector<Ask> asks;                 // each person at most once
  std::vector<std::uint32_t> exhausted;  // posts that want more people than are left to ask
  friend bool operator==(const Choice&, const Choice&) = default;
};

// `can_hold[kind][post]`; `group_room[group]` is how many more of a staff group may be called.
// Posts are served by rank, then scarcest first; for each, people who can hold the fewest other
// open posts come first, so that the versatile stay free for what only they can do.
Choice choose(std::span<const Demand> demands, std::span<const Candidate> candidates,
              std::span<const std::vector<bool>> can_hold, std::vector<int> group_room);

}  // namespace tocsin::callout
