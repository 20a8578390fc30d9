// Until when the rota says who is on duty. Beyond that a duty is unknown, which is not the same as
// off duty (lib/README.md, Decisions: the rota's end). Pure; built once for many questions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

// A time in which the rota plans people: from <= t < until.
struct Stretch {
  base::Instant from{};
  base::Instant until{};
  bool covers(base::Instant instant) const noexcept { return from <= instant && instant < until; }
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

// Rotas are planned in whole weeks. A longer time without any stint is a hole in the plan.
inline constexpr std::chrono::days kHole{7};

class Horizon {
 public:
  // Both must outlive this.
  Horizon(const Rota& rota, const Roster& roster);
  Horizon(Rota&&, const Roster&) = delete;
  Horizon(const Rota&, Roster&&) = delete;

  // Without a plan nothing is known of anybody, and nobody counts as unknown.
  bool has_plan() const noexcept { return !whole_.empty(); }
  // The stretch of the plan that covers the instant; else the last one before it; else the first
  // one after it. Nothing without a plan.
  std::optional<Stretch> nearest(base::Instant at) const;
  // The first stretch that begins after the instant.
  std::optional<Stretch> next(base::Instant at) const;

  // What the rota says, or unknown where it plans nobody. `person` is a position in the roster.
  Duty duty_of(std::size_t person, base::Instant at) const;
  // Whether they were on duty at this hour of the week, or else of the day, in the last week or on
  // the last day for which it is known; in the first one, when the plan lies ahead.
  bool is_usually_on_duty(std::size_t person, base::Instant at) const;

 private:
  using Line = std::vector<Stretch>;  // people who are planned together, in order of time

  bool is_planned(std::size_t person, base::Instant at) const;
  bool is_freed(std::size_t person, base::Instant at) const;

  const Rota& rota_;
  const Roster& roster_;
  Line whole_;
  std::vector<Line> lines_;
  // By person: those of their role on their ward when there is such a line, else those of the
  // roles for which they are on call. Empty: nobody like them is planned.
  std::vector<std::vector<std::uint32_t>> lines_of_;
};

// Of the nearest stretch: "the rota ended on 2026-01-31 08:00", "the rota reaches until 2026-12-20
// 20:00", "the rota begins on 2026-12-01 08:00 and reaches until 2026-12-20 20:00"; "no duty is
// planned". With the next one it says as well when a rota that has ended begins again.
std::string to_sentence(const std::optional<Stretch>& nearest, base::Instant at,
                        const std::optional<Stretch>& next = std::nullopt);

}  // namespace tocsin::roster
