// An allocation of responders to posts: who holds which post, which seats stay empty and why, and
// how good it is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "allocation/problem.h"

namespace tocsin::allocation {

struct Assignment {
  ResponderId responder;
  PostId post;
  Minutes arrives{0};
  bool on_time = true;

  friend bool operator==(const Assignment&, const Assignment&) = default;
};

struct Unfilled {
  PostId post;
  std::int64_t missing = 0;  // seats
  std::string reason;        // "no responder has both airway and paediatrics"

  friend bool operator==(const Unfilled&, const Unfilled&) = default;
};

// In order of importance: more seats filled, more on time, then less of each of the rest. The two
// lists are compared priority by priority.
struct Objective {
  struct Filled {
    std::int64_t priority = 1;
    std::int64_t minimum = 0;  // sum of min(filled, minimum) over its posts; goes before `total`
    std::int64_t total = 0;
    friend bool operator==(const Filled&, const Filled&) = default;
  };
  struct OnTime {
    std::int64_t priority = 1;
    std::int64_t total = 0;
    friend bool operator==(const OnTime&, const OnTime&) = default;
  };
  std::vector<Filled> filled;   // one for each priority that a post has, highest first
  std::vector<OnTime> on_time;  // likewise
  std::int64_t rest_breaches = 0;
  std::int64_t changes = 0;
  std::int64_t last_resort = 0;
  std::int64_t minutes = 0;  // sum of arrivals

  friend bool operator==(const Objective&, const Objective&) = default;
};

struct Solution {
  std::vector<Assignment> assignments;  // by priority of the post, post id, arrival, responder id
  std::vector<Unfilled> unfilled;       // by priority, post id
  Objective objective;

  friend bool operator==(const Solution&, const Solution&) = default;
};

// The objective of assignments that were made elsewhere. They must name posts and responders of the
// problem, each responder once.
Objective objective_of(const Problem& problem, const std::vector<Assignment>& assignments);

}  // namespace tocsin::allocation
