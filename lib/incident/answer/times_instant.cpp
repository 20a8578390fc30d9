// Which instant a said time is.
#include <algorithm>
#include <chrono>

#include "incident/answer/times.h"

namespace tocsin::incident {

namespace {

using base::Instant;
using base::Minutes;
using Kind = SaidTime::Kind;

constexpr int kDay = 24 * 60;
constexpr Minutes kNearlyADay{20 * 60};

// The next time after `now` that a clock in `zone` shows this.
Instant next_time(int hour, int minute, Instant now, const base::Zone& zone) {
  const auto today = std::chrono::floor<std::chrono::days>(zone.wall_at(now));
  const auto of_day = std::chrono::hours{hour} + Minutes{minute};
  const Instant at = zone.instant_of(today + of_day);
  return at > now ? at : zone.instant_of(today + std::chrono::days{1} + of_day);
}

// The day that was named. In the small hours "tomorrow" may be the day that has begun.
std::optional<Instant> on_named_day(const SaidTime& time, Instant now, const base::Zone& zone) {
  const auto wall = zone.wall_at(now);
  const auto today = std::chrono::floor<std::chrono::days>(wall);
  const auto of_day = std::chrono::hours{time.hour} + Minutes{time.minute};
  const auto on_day = [&](int days) {
    return zone.instant_of(today + std::chrono::days{days} + of_day);
  };
  const bool is_small_hour = wall - today < std::chrono::hours{5};
  if (time.is_tomorrow) {
    const Instant tomorrow = on_day(1);
    const bool certain = !is_small_hour || tomorrow == next_time(time.hour, time.minute, now, zone);
    return certain ? std::optional{tomorrow} : std::nullopt;
  }
  const std::chrono::weekday now_is{std::chrono::local_days{today}};
  const int ahead = (*time.weekday - static_cast<int>(now_is.c_encoding()) + 7) % 7;
  const Instant at = on_day(ahead);
  return at > now ? std::optional{at} : std::nullopt;
}

// Of somebody who is on their way, the nearer of two readings is meant while the other is half a
// day away.
constexpr Minutes kSoon{3 * 60};
constexpr Minutes kLongestWay{6 * 60};

std::optional<Instant> clock_time(const SaidTime& time, bool later, Instant now,
                                  const base::Zone& zone) {
  if (time.is_tomorrow || time.weekday) {
    // "tomorrow 7" is said of mornings and evenings.
    return time.is_sure && later ? on_named_day(time, now, zone) : std::nullopt;
  }
  const Instant next = next_time(time.hour, time.minute, now, zone);
  if (!time.is_sure) {
    const Instant other = next_time((time.hour + 12) % 24, time.minute, now, zone);
    // "Y 1:15" may be an hour and a quarter.
    const bool may_be_duration = time.role == Meaning::filler && time.hour <= 3 && time.is_digital;
    if (!later && may_be_duration) return std::nullopt;
    if (!later && std::min(next, other) - now <= kSoon) return std::min(next, other);
    if (other < next) return std::nullopt;
  }
  if (!later && next - now > kLongestWay) return std::nullopt;
  return next - now <= kNearlyADay ? std::optional{next} : std::nullopt;
}

// Whether a number without a unit can only be minutes.
bool is_minutes(const SaidTime& time, bool later) noexcept {
  const int n = time.minutes;
  if (time.role == Meaning::in || time.role == Meaning::eta) return n >= 5 && n < 100;
  if (time.role != Meaning::filler) return false;
  if (n >= 100 && !later && n > 300) return false;
  if (n >= 100) return n <= kDay && (n % 100 >= 60 || (n <= 240 && n % 30 == 0) || n == 100);
  if (later) return n >= 25;
  return n == 5 || n == 10 || n >= 13;
}

// Of when somebody can come, a small number is an hour, and "630" is on a clock.
bool may_be_hour(const SaidTime& time) noexcept {
  const int n = time.minutes;
  return (n >= 1 && n <= 12) ||
         (n >= 100 && n <= 1259 && n % 100 < 60 && n % 30 == 0 && n % 60 != 0);
}

SaidTime as_hour(SaidTime time) noexcept {
  const int n = time.minutes;
  time.kind = Kind::clock;
  time.hour = n > 12 ? n / 100 : n;
  time.minute = n > 12 ? n % 100 : 0;
  return time;
}

}  // namespace

bool was_shortly_before(const SaidTime& time, Instant now, const base::Zone& zone) {
  if (time.kind != Kind::clock) return false;
  constexpr Minutes kShortly{3 * 60};
  const Instant next = next_time(time.hour, time.minute, now, zone);
  const Instant other = next_time((time.hour + 12) % 24, time.minute, now, zone);
  const auto ago = std::chrono::days{1} - (next - now);
  return ago <= kShortly || (!time.is_sure && std::chrono::days{1} - (other - now) <= kShortly);
}

bool is_start(const SaidTime& time) noexcept {
  return time.role == Meaning::from || time.role == Meaning::after ||
         time.role == Meaning::not_before || time.is_tomorrow || time.weekday.has_value();
}

std::optional<Instant> instant_of(const SaidTime& time, bool later, Instant now,
                                  const base::Zone& zone) {
  if (time.is_vague || time.is_past || time.role == Meaning::until) return std::nullopt;
  if (time.kind == Kind::clock) return clock_time(time, later, now, zone);
  if (later && time.kind == Kind::bare && time.role == Meaning::filler && may_be_hour(time))
    return clock_time(as_hour(time), later, now, zone);
  if (time.role == Meaning::lasting || time.role == Meaning::at || time.role == Meaning::from)
    return std::nullopt;
  if (time.kind == Kind::bare && !is_minutes(time, later)) return std::nullopt;
  const bool fits = time.minutes > 0 && time.minutes <= (later ? 3 * kDay : kDay);
  return fits ? std::optional{now + Minutes{time.minutes}} : std::nullopt;
}

}  // namespace tocsin::incident
