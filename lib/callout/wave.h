// Whom to ask next, and how likely it is that every seat is filled by its time: the fewest people
// disturbed so that all posts of a priority reach their target (design §5). Pure: the same question
// has the same answer. The model is in tocsin-forecast(7), its parts in belief.h and recourse.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "callout/belief.h"
#include "callout/gap.h"
#include "callout/recourse.h"
#include "callout/supply.h"

namespace tocsin::callout {

struct Post {
  std::uint32_t post = 0;    // the caller's number for it
  int rank = 1;              // posts of one rank reach their target together; 1 is served first
  double target = 0.95;      // of the rank: that all its seats are filled by their times
  int open = 0;              // seats that nobody holds
  bool takes_later = false;  // of a later shift: 'not now, but in the morning' is a yes to it
  double until_phone = -1;   // minutes until somebody asked now would be rung; below zero: never
  double until_ring = -1;    // the same for somebody whom only the telephone reaches
  std::vector<Deadline> deadlines;  // in order of time
  Deadline at_all;  // every seat, the last time, and the chance of each holder to come at all
};

// Somebody who was asked and is silent.
struct Silent {
  std::uint32_t post = 0;  // what they were asked for
  std::uint32_t kind = 0;
  Asked asked;
};

// Somebody who could be asked.
struct Candidate {
  std::uint32_t person = 0;  // the caller's number; smaller breaks ties
  std::uint32_t kind = 0;    // people of one kind can hold the same posts
  std::uint32_t group = 0;   // staff group, for the caps
  double travel = 0;         // minutes
  bool on_call = false;      // at home and bound to answer: before everyone else
  bool rest_broken = false;  // coming would break a rest rule: after everyone else
  int burden = 0;            // how often they were called of late
  // Was asked for an earlier shift and let go while silent: minutes since then. Such people can be
  // asked for a later shift only. Below zero for everybody else.
  double silent_for = -1;
  bool has_device = true;  // else only the telephone reaches them
};

// Somebody who said that they could come and would be sent to a post that is short: held back so
// far, or with a seat of a rank that matters less.
struct Movable {
  std::uint32_t kind = 0;
  Promised promise;
  int rank = kNoSeat;  // of the seat
};

// Who is asked first for one post: on call for it, then the deputies in their order.
struct Line {
  std::uint32_t post = 0;
  std::vector<std::uint32_t> people;
};

struct Question {
  std::vector<Post> posts;
  std::vector<Silent> silent;
  std::vector<Movable> movable;
  std::vector<Candidate> candidates;
  std::vector<Line> lines;
  std::vector<const std::vector<bool>*> can_hold;  // [kind] → by post
  std::vector<int> group_room;  // how many more of each staff group may be called
};

struct Ask {
  std::uint32_t person = 0;
  std::uint32_t post = 0;
  std::string why;
  friend bool operator==(const Ask&, const Ask&) = default;
};

// That the seats of a post up to one deadline are filled by it, if the rules go on to be followed.
struct Outlook {
  std::uint32_t post = 0;
  std::uint32_t deadline = 0;
  double probability = 0;
  friend bool operator==(const Outlook&, const Outlook&) = default;
};

struct Wave {
  std::vector<Ask> asks;                 // each person at most once
  std::vector<std::uint32_t> exhausted;  // posts that want more people than are left to ask
  std::vector<Outlook> outlook;          // in the order of the question
};

// `recourses` only saves work.
Wave plan_wave(const Question& question, const Belief& belief, Recourses& recourses);

}  // namespace tocsin::callout
