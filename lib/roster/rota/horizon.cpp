#include "roster/rota/horizon.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace tocsin::roster {

namespace {

using base::Instant;
using std::chrono::days;

// Joins what lies less than a hole apart.
std::vector<Stretch> joined(std::vector<Stretch> stretches) {
  std::sort(stretches.begin(), stretches.end(),
            [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
  std::vector<Stretch> out;
  for (const Stretch& one : stretches) {
    if (!out.empty() && one.from <= out.back().until + kHole)
      out.back().until = std::max(out.back().until, one.until);
    else
      out.push_back(one);
  }
  return out;
}

// The last stretch that begins at the instant or before; null when there is none.
const Stretch* last_begun(const std::vector<Stretch>& stretches, Instant at) {
  const auto after = std::upper_bound(stretches.begin(), stretches.end(), at,
                                      [](Instant t, const Stretch& s) { return t < s.from; });
  return after == stretches.begin() ? nullptr : &*std::prev(after);
}

bool covers(const std::vector<Stretch>& stretches, Instant at) {
  const Stretch* begun = last_begun(stretches, at);
  return begun != nullptr && begun->covers(at);
}

// Whether somebody of the line has a stint less than a hole away. A small line that ends some days
// before the others has ended with them.
bool is_near(const std::vector<Stretch>& stretches, Instant at) {
  const Stretch* begun = last_begun(stretches, at + kHole);
  return begun != nullptr && at < begun->until + kHole;
}

bool is_plan(const Stint& stint) {
  return stint.duty == Duty::on_duty || stint.duty == Duty::on_call;
}

}  // namespace

Horizon::Horizon(const Rota& rota, const Roster& roster)
    : rota_(rota), roster_(roster), lines_of_(roster.size()) {
  std::map<std::pair<WardId, RoleId>, std::uint32_t> teams;
  std::map<RoleId, std::uint32_t> on_call;
  const auto line_in = [&](auto& lines, auto key) {
    const auto [at, is_new] =
        lines.emplace(std::move(key), static_cast<std::uint32_t>(lines_.size()));
    if (is_new) lines_.emplace_back();
    return at->second;
  };
  std::vector<std::vector<std::uint32_t>> served(roster.size());
  for (auto stint = rota.planned().begin(); stint != rota.planned().end();) {
    const auto person = roster.index_of(stint->person);
    const auto next = std::find_if(stint, rota.planned().end(), [&](const Stint& other) {
      return other.person != stint->person;
    });
    for (; stint != next; ++stint) {
      if (!is_plan(*stint)) continue;
      const Stretch span{stint->from, stint->until};
      whole_.push_back(span);
      if (!person) continue;
      const Responder& row = roster[*person];
      if (stint->duty == Duty::on_duty) {
        lines_[line_in(teams, std::pair{row.ward, row.role})].push_back(span);
        continue;
      }
      const std::uint32_t line = line_in(on_call, stint->role.empty() ? row.role : stint->role);
      lines_[line].push_back(span);
      std::vector<std::uint32_t>& theirs = served[*person];
      if (std::find(theirs.begin(), theirs.end(), line) == theirs.end()) theirs.push_back(line);
    }
  }
  whole_ = joined(std::move(whole_));
  for (Line& line : lines_) line = joined(std::move(line));
  for (std::size_t p = 0; p < roster.size(); ++p) {
    const auto team = teams.find({roster[p].ward, roster[p].role});
    lines_of_[p] = team == teams.end() ? std::move(served[p]) : std::vector{team->second};
  }
}

std::optional<Stretch> Horizon::nearest(Instant at) const {
  if (whole_.empty()) return std::nullopt;
  const Stretch* begun = last_begun(whole_, at);
  return begun == nullptr ? whole_.front() : *begun;
}

std::optional<Stretch> Horizon::next(Instant at) const {
  for (const Stretch& stretch : whole_)  // in order
    if (stretch.from > at) return stretch;
  return std::nullopt;
}

bool Horizon::is_planned(std::size_t person, Instant at) const {
  if (!covers(whole_, at)) return false;
  const auto& lines = lines_of_[person];
  return lines.empty() || std::any_of(lines.begin(), lines.end(), [&](std::uint32_t line) {
           return is_near(lines_[line], at);
         });
}

// An override that says "free after all" is knowledge, wherever the plan ends.
bool Horizon::is_freed(std::size_t person, Instant at) const {
  return std::any_of(rota_.overrides().begin(), rota_.overrides().end(), [&](const Override& one) {
    return one.stint.duty == Duty::off && one.stint.person == roster_[person].id &&
           one.stint.covers(at);
  });
}

Duty Horizon::duty_of(std::size_t person, Instant at) const {
  if (const Stint* stint = rota_.stint_of(roster_[person].id, at)) return stint->duty;
  if (!has_plan() || is_planned(person, at) || is_freed(person, at)) return Duty::off;
  return Duty::unknown;
}

bool Horizon::is_usually_on_duty(std::size_t person, Instant at) const {
  const auto& lines = lines_of_[person];
  const auto stretch = nearest(at);
  if (!stretch || lines.empty()) return false;
  const auto is_known = [&](Instant then) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](std::uint32_t line) { return covers(lines_[line], then); });
  };
  const bool is_ahead = at < stretch->from;
  for (const days step : {days{7}, days{1}}) {
    const auto away = is_ahead ? stretch->from - at : at - stretch->until;
    // The first step that may lie within the stretch, and then towards its other end.
    auto steps = std::max<std::int64_t>(1, std::chrono::floor<days>(away) / step);
    for (;; ++steps) {
      const Instant then = is_ahead ? at + steps * step : at - steps * step;
      if (is_ahead ? then >= stretch->until : then < stretch->from) break;
      if (!is_known(then)) continue;
      const Stint* stint = rota_.stint_of(roster_[person].id, then);
      return stint != nullptr && stint->duty == Duty::on_duty;
    }
  }
  return false;
}

std::string to_sentence(const std::optional<Stretch>& stretch, Instant at,
                        const std::optional<Stretch>& next) {
  const auto begins = [](const Stretch& ahead, std::string_view again) {
    return fmt::format("begins{} on {} and reaches until {}", again, base::local_stamp(ahead.from),
                       base::local_stamp(ahead.until));
  };
  if (!stretch) return "no duty is planned";
  if (at < stretch->from) return "the rota " + begins(*stretch, "");
  if (stretch->covers(at))
    return fmt::format("the rota reaches until {}", base::local_stamp(stretch->until));
  return fmt::format("the rota ended on {}", base::local_stamp(stretch->until)) +
         (next ? ", and " + begins(*next, " again") : "");
}

}  // namespace tocsin::roster
