// Whether a rota covers the days to come: until when it reaches, when nobody does what is needed,
// and which stints of one person cannot both be right. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "roster/people/roster.h"
#include "roster/rota/horizon.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// How far ahead it is looked.
inline constexpr std::chrono::days kFortnight{14};
// Work without a break that is longer than anybody plans on purpose.
inline constexpr std::chrono::hours kWholeDay{24};

// Something that somebody on duty or on call must do at every hour.
struct RotaNeed {
  enum class Kind : std::uint8_t { on_call_role, key_role, minimum };
  Kind kind = Kind::on_call_role;
  std::string name;  // a role, or a post
  // Whether this stint of this person, by position in the roster, does it.
  std::function<bool(std::size_t person, const Stint& stint)> is_met_by;
};
std::string_view to_text(RotaNeed::Kind kind) noexcept;  // "on-call role"

struct Uncovered {
  RotaNeed::Kind kind = RotaNeed::Kind::on_call_role;
  std::string name;
  std::vector<Stretch> times;  // at which nobody does it, in order
};

struct Overlap {
  Stint first;
  Stint second;  // of the same person and duty, begins before the first has ended
};

struct LongDuty {  // on duty for at least kWholeDay without a break
  PersonId person;
  Stretch time;
};

struct Coverage {
  base::Instant at{};
  bool has_plan = false;
  std::optional<Stretch> reach;  // the stretch of the plan nearest to `at`
  std::optional<Stretch> next;   // the first one that begins after `at`
  std::size_t unknown = 0;       // active people of whom the rota does not say whether they are at
                                 // work at `at`
  // The times that were looked at: what the plan covers of the fortnight from `at`, up to a hole in
  // it. Nothing when it covers none of that.
  std::optional<Stretch> looked_at;
  std::vector<Uncovered> uncovered;
  std::vector<Overlap> overlaps;
  std::vector<LongDuty> long_duties;

  bool reaches() const noexcept { return reach && reach->covers(at); }
  bool ends_soon() const noexcept { return reaches() && reach->until < at + kFortnight; }
};

Coverage coverage_of(const Rota& rota, const Roster& roster, base::Instant at,
                     const std::vector<RotaNeed>& needs);

// For each role for which anybody is on call in this rota: somebody who is.
std::vector<RotaNeed> needs_of(const Rota& rota, const Roster& roster);
RotaNeed on_call_need(const Roster& roster, RoleId role);

}  // namespace tocsin::roster
