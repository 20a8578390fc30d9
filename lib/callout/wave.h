// Whom to ask next, and how likely it is that every seat is filled by its time. It disturbs the
// fewest people with whom all posts of a priority reach their target (lib/README.md, rule 1). Pure:
// the same question has the same answer. tocsin-forecast(7) states the model; belief.h and
// recourse.h are its parts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "callout/belief.h"
#include "callout/gap.h"
#include "callout/recourse.h"
#include "callout/supply.h"

namespace tocsin::callout {

struct Post {
  std::uint32_t post = 0;    // number, given by the caller
  int rank = 1;              // posts of one rank reach their target together; 1 is served first
  double target = 0.95;      // the chance that all seats of the rank are filled by their times
  int open = 0;              // seats that nobody holds
  bool takes_later = false;  // in a later shift, for which the reply `later` is a yes
  double until_phone = -1;   // minutes until somebody asked now would be rung; below 0: never
  double until_ring = -1;    // the same for somebody whom only the telephone reaches
  std::vector<Deadline> deadlines;  // in order of time
  Deadline at_all;  // all seats, with the last time and each holder's chance to come at any time
};

// Somebody who was asked and has not answered.
struct Silent {
  std::uint32_t post = 0;  // that they were asked for
  std::uint32_t profile = 0;
  Asked asked;
};

// A channel that takes so many messages a minute, and the messages that wait for it.
struct SlowChannel {
  double per_minute = 1;  // above 0
  double waiting = 0;
};

// Somebody who could be asked.
struct Candidate {
  std::uint32_t person = 0;   // number, given by the caller; the lower one wins a tie
  std::uint32_t profile = 0;  // people of one profile can hold the same posts
  std::uint32_t group = 0;    // staff group, which limits how many may be called
  double travel = 0;          // minutes
  bool on_call = false;       // at home and obliged to answer: asked before everybody else
  bool rest_broken = false;   // coming would break a rest rule: asked after everybody else
  int burden = 0;             // how often they were called in the last twelve months
  // Minutes since they were asked, for somebody who was asked for an earlier shift and stood down
  // while silent; they can be asked for a later shift only. Below 0 for everybody else.
  double silent_for = -1;
  bool has_device = true;     // without one only the telephone reaches them
  bool duty_unknown = false;  // asked after people who are known to be off duty
  // By which they would be asked: its position in Question::slow; absent when it takes all at once.
  std::optional<std::uint32_t> slow{};
  Way way = Way::device;
};

// Somebody who said yes and could be sent to a post that is short: they have no seat, or one of a
// less important rank.
struct Movable {
  std::uint32_t profile = 0;
  Promised promise;
  int rank = kNoSeat;  // of their seat
};

// Who is asked first for one post: those on call for it, then the deputies in their order.
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
  std::vector<SlowChannel> slow;
  std::vector<const std::vector<bool>*> can_hold;  // [profile], then by post
  std::vector<int> group_room;  // how many more of each staff group may be called
};

struct Ask {
  std::uint32_t person = 0;
  std::uint32_t post = 0;
  std::string why;
  friend bool operator==(const Ask&, const Ask&) = default;
};

// The chance that the seats of a post up to one deadline are filled by it, if later reviews ask as
// planned.
struct Outlook {
  std::uint32_t post = 0;
  std::uint32_t deadline = 0;
  double probability = 0;
  friend bool operator==(const Outlook&, const Outlook&) = default;
};

struct Wave {
  std::vector<Ask> asks;                 // each person at most once
  std::vector<std::uint32_t> exhausted;  // posts that need more people than are left to ask
  std::vector<Outlook> outlook;          // in the order of the question
};

// `recourses` saves work and does not change the result.
Wave plan_wave(const Question& question, const Belief& belief, Recourses& recourses);

}  // namespace tocsin::callout
