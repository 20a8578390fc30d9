#include "roster/rota/rest.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace tocsin::roster {

namespace {

using base::Instant;
using base::Minutes;

constexpr std::chrono::days kDay{1};
constexpr std::chrono::hours kWeek{7 * 24};

struct Span {
  Instant from;
  Instant until;
};

Minutes minutes_of(base::Milliseconds span) { return std::chrono::floor<Minutes>(span); }

base::Milliseconds overlap(Span a, Instant from, Instant until) {
  const auto shared = std::min(a.until, until) - std::max(a.from, from);
  return std::max(shared, base::Milliseconds{0});
}

// The shifts as worked: on-duty stints and the new work, joined where they touch or overlap.
std::vector<Span> joined(std::span<const Stint> stints, Span work) {
  std::vector<Span> spans{work};
  for (const Stint& stint : stints)
    if (stint.duty == Duty::on_duty) spans.push_back({stint.from, stint.until});
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.from < b.from; });
  std::vector<Span> out;
  for (const Span span : spans) {
    if (!out.empty() && span.from <= out.back().until)
      out.back().until = std::max(out.back().until, span.until);
    else
      out.push_back(span);
  }
  return out;
}

// The most work in any seven days that contain some of `work`. It is enough to try windows that
// begin with a shift. A window that begins in a rest loses nothing when it moves to the next shift.
// One that begins within a shift, moved back to the shift's start, gains at least as much as it
// loses.
base::Milliseconds busiest_week(const std::vector<Span>& shifts, Span work) {
  base::Milliseconds most{0};
  for (const Span first : shifts) {
    const Instant begin = first.from;
    const Instant end = begin + kWeek;
    if (overlap(work, begin, end).count() == 0) continue;
    base::Milliseconds sum{0};
    for (const Span shift : shifts) sum += overlap(shift, begin, end);
    most = std::max(most, sum);
  }
  return most;
}

}  // namespace

std::string_view to_text(RestRule rule) noexcept {
  switch (rule) {
    case RestRule::rest_before:
      return "rest before";
    case RestRule::rest_after:
      return "rest after";
    case RestRule::longest_shift:
      return "longest shift";
    case RestRule::week:
      return "hours in 7 days";
    case RestRule::after_nights:
      return "rest after nights";
  }
  return "rest";
}

std::string to_sentence(const Breach& breach) {
  const std::string actual = base::minutes_text(breach.actual);
  const std::string limit = base::minutes_text(breach.limit);
  switch (breach.rule) {
    case RestRule::rest_before:
      return fmt::format("{} of rest before it, at least {} due", actual, limit);
    case RestRule::rest_after:
      return fmt::format("{} of rest after it, at least {} due", actual, limit);
    case RestRule::longest_shift:
      return fmt::format("a shift of {}, at most {} allowed", actual, limit);
    case RestRule::week:
      return fmt::format("{} of work in 7 days, at most {} allowed", actual, limit);
    case RestRule::after_nights:
      return fmt::format("{} of rest between nights and days, at least {} due", actual, limit);
  }
  return {};
}

bool is_night(Instant from, Instant until) {
  constexpr Minutes kNightHours{3 * 60};
  // A night that a shift may contain begins at 23:00 on the day of its start or the day before.
  for (Instant day = from - kDay; day < until + kDay; day += kDay) {
    base::Civil night = base::to_local(day);
    night.hour = 23;
    night.minute = night.second = 0;
    const Instant begin = base::from_local(night);
    base::Civil morning = base::to_local(begin + std::chrono::hours{4});
    morning.hour = 6;
    morning.minute = morning.second = 0;
    const Instant end = base::from_local(morning);
    if (overlap({from, until}, begin, end) >= kNightHours) return true;
  }
  return false;
}

std::vector<Breach> breaches(std::span<const Stint> stints, const RestRules& rules, Instant from,
                             Instant until) {
  std::vector<Breach> out;
  if (until <= from) return out;
  const std::vector<Span> shifts = joined(stints, {from, until});
  const auto shift = std::find_if(shifts.begin(), shifts.end(), [&](Span span) {
    return span.from <= from && from < span.until;
  });
  const Minutes length = minutes_of(shift->until - shift->from);

  std::optional<Minutes> before;
  std::optional<Minutes> after;
  if (shift != shifts.begin()) before = minutes_of(shift->from - std::prev(shift)->until);
  if (std::next(shift) != shifts.end()) after = minutes_of(std::next(shift)->from - shift->until);
  if (before && *before < rules.between_shifts)
    out.push_back({RestRule::rest_before, rules.between_shifts, *before});
  if (after && *after < rules.between_shifts)
    out.push_back({RestRule::rest_after, rules.between_shifts, *after});
  if (length > rules.longest_shift)
    out.push_back({RestRule::longest_shift, rules.longest_shift, length});
  const Minutes week = minutes_of(busiest_week(shifts, {from, until}));
  if (week > rules.week) out.push_back({RestRule::week, rules.week, week});

  // The longer rest after nights matters only if the rest between shifts is long enough.
  const auto too_short = [&](std::optional<Minutes> rest) {
    return rest && *rest >= rules.between_shifts && *rest < rules.after_nights;
  };
  const bool night = (too_short(before) || too_short(after)) && is_night(shift->from, shift->until);
  if (too_short(before) && !night && is_night(std::prev(shift)->from, std::prev(shift)->until))
    out.push_back({RestRule::after_nights, rules.after_nights, *before});
  if (too_short(after) && night && !is_night(std::next(shift)->from, std::next(shift)->until))
    out.push_back({RestRule::after_nights, rules.after_nights, *after});
  return out;
}

std::vector<Breach> breaches(const Rota& rota, const RestRules& rules, const PersonId& person,
                             Instant from, Instant until) {
  return breaches(rota.of(person), rules, from, until);
}

}  // namespace tocsin::roster
