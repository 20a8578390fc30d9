// Rest and hours: which rules a further span of work would break (NHS Employers, 2016 terms;
// Working Time Regulations 1998). Pure. A breach never forbids a call: it ranks a person last and
// is recorded.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

struct RestRules {
  base::Minutes between_shifts{11 * 60};  // least rest between two shifts
  base::Minutes longest_shift{13 * 60};
  base::Minutes week{72 * 60};  // most work in any 7 days
  base::Minutes after_nights{46 *
                             60};  // least rest between a night and a shift that is not a night
};

enum class RestRule : std::uint8_t { rest_before, rest_after, longest_shift, week, after_nights };
std::string_view to_text(RestRule rule) noexcept;  // "rest before"

struct Breach {
  RestRule rule = RestRule::rest_before;
  base::Minutes limit{0};   // of the rule
  base::Minutes actual{0};  // with the new work
  // Compensatory rest owed: the rest that is missing, or the hours over the limit.
  base::Minutes owed() const noexcept { return limit > actual ? limit - actual : actual - limit; }
  friend bool operator==(const Breach&, const Breach&) = default;
};
// "4 h rest before instead of 11 h".
std::string to_sentence(const Breach& breach);

// A shift is a night when at least three hours of it lie between 23:00 and 06:00 local time.
bool is_night(base::Instant from, base::Instant until);

// The rules that working from `from` until `until` would break. `stints` are those of this person,
// in any order; only on-duty ones count as work. Work that touches or overlaps the span makes one
// longer shift with it.
std::vector<Breach> breaches(std::span<const Stint> stints, const RestRules& rules,
                             base::Instant from, base::Instant until);
// The same for a person of a rota.
std::vector<Breach> breaches(const Rota& rota, const RestRules& rules, const PersonId& person,
                             base::Instant from, base::Instant until);

}  // namespace tocsin::roster
