// What the clauses of an answer say together, before it is decided what that comes to.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "incident/answer/clauses.h"

namespace tocsin::incident {

struct Heard {
  std::array<int, 64> counts{};
  std::vector<SaidTime> times;
  bool is_muddled = false;       // something could mean two things
  bool is_partial = false;       // a clause was not understood, and says nothing of an answer
  bool has_until = false;        // a time until which they are busy
  bool is_chatty = false;        // of home, children, work
  bool is_able = false;          // that they can come
  bool leaves_clearly = false;   // home, or the hospital
  bool names_day = false;        // tomorrow, in the morning; without a time of day
  bool is_asked = false;         // something is asked
  bool cannot_work = false;      // abroad, on leave, off sick
  bool ends_in_refusal = false;  // "…, so I can't"
  bool ends_in_no = false;       // "…, no"

  bool has(Meaning meaning) const { return counts[static_cast<std::size_t>(meaning)] > 0; }
  template <class... Meanings>
  bool has_any(Meanings... meanings) const {
    return (has(meanings) || ...);
  }
  bool has_answer() const {
    using enum Meaning;
    return has_any(yes, coming, no, later, last_resort, here, at_hospital, leaving);
  }
};

Heard hear(std::span<const Clause> clauses);

}  // namespace tocsin::incident
