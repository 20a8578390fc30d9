#include "base/instant.h"

#include <fmt/format.h>

#include <array>
#include <ctime>

#include "base/text.h"
#include "base/wall_clock.h"

namespace tocsin::base {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr std::array<std::string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};

// Reads exactly `width` digits at `at` and moves `at` past them.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t width) {
  if (text.size() < at + width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = text[at + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  at += width;
  return value;
}

bool literal(std::string_view text, std::size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

bool read_date(std::string_view text, std::size_t& at, Civil& civil) {
  const auto year = digits(text, at, 4);
  if (!year || !literal(text, at, '-')) return false;
  const auto month = digits(text, at, 2);
  if (!month || !literal(text, at, '-')) return false;
  const auto day = digits(text, at, 2);
  if (!day) return false;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *year < 1970) return false;
  civil.year = *year;
  civil.month = *month;
  civil.day = *day;
  return true;
}

bool read_hour_minute(std::string_view text, std::size_t& at, Civil& civil) {
  const auto hour = digits(text, at, 2);
  if (!hour || *hour > 23 || !literal(text, at, ':')) return false;
  const auto minute = digits(text, at, 2);
  if (!minute || *minute > 59) return false;
  civil.hour = *hour;
  civil.minute = *minute;
  civil.second = 0;
  return true;
}

Instant utc(const Civil& civil) {
  const std::chrono::year_month_day date{std::chrono::year{civil.year},
                                         std::chrono::month{static_cast<unsigned>(civil.month)},
                                         std::chrono::day{static_cast<unsigned>(civil.day)}};
  return std::chrono::sys_days{date} + hours{civil.hour} + Minutes{civil.minute} +
         seconds{civil.second};
}

// What this process's clocks show minus UTC.
seconds local_ahead(Instant instant) {
  const std::time_t time = std::chrono::floor<seconds>(instant).time_since_epoch() / seconds{1};
  std::tm parts{};
  localtime_r(&time, &parts);
  return seconds{parts.tm_gmtoff};
}

std::optional<int> weekday_of(std::string_view word) {
  const std::string lower = to_lower(word);
  for (std::size_t i = 0; i < kWeekdays.size(); ++i)
    if (lower == kWeekdays[i] || lower == kWeekdays[i].substr(0, 3)) return static_cast<int>(i);
  return std::nullopt;
}

// Adds days of the calendar, not of 24 hours, so that the hour stays the same over a clock change.
Instant local_plus_days(Civil civil, int by) {
  const auto date = std::chrono::sys_days{std::chrono::year{civil.year} /
                                          std::chrono::month{static_cast<unsigned>(civil.month)} /
                                          std::chrono::day{static_cast<unsigned>(civil.day)}} +
                    days{by};
  const std::chrono::year_month_day moved{date};
  civil.year = static_cast<int>(moved.year());
  civil.month = static_cast<int>(static_cast<unsigned>(moved.month()));
  civil.day = static_cast<int>(static_cast<unsigned>(moved.day()));
  return from_local(civil);
}

std::optional<Instant> parse_local(std::string_view text, Instant now) {
  if (const auto exact = from_rfc3339(text)) return exact;
  Civil civil = to_local(now);
  const Civil today = civil;
  std::size_t at = 0;
  if (read_date(text, at, civil)) {
    if (at == text.size() || (text[at] != ' ' && text[at] != 'T')) return std::nullopt;
    ++at;
    if (!read_hour_minute(text, at, civil) || at != text.size()) return std::nullopt;
    return from_local(civil);
  }
  civil = today;
  at = 0;
  std::optional<int> weekday;
  if (const auto space = text.find(' '); space != std::string_view::npos) {
    weekday = weekday_of(text.substr(0, space));
    if (!weekday) return std::nullopt;
    at = space + 1;
  }
  if (!read_hour_minute(text, at, civil) || at != text.size()) return std::nullopt;
  const int period = weekday ? 7 : 1;
  int shift = weekday ? (*weekday - today.weekday + 7) % 7 : 0;
  if (local_plus_days(civil, shift) < now) shift += period;
  return local_plus_days(civil, shift);
}

}  // namespace

std::string to_http_date(Instant instant) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - day)};
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday{day}.c_encoding()],
      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
      time.seconds().count());
}

std::string to_rfc3339(Instant instant) {
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{instant - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

std::optional<Instant> from_rfc3339(std::string_view text) {
  Civil civil;
  std::size_t at = 0;
  if (!read_date(text, at, civil)) return std::nullopt;
  if (!literal(text, at, 'T') && !literal(text, at, 't')) return std::nullopt;
  if (!read_hour_minute(text, at, civil) || !literal(text, at, ':')) return std::nullopt;
  const auto second = digits(text, at, 2);
  if (!second || *second > 60) return std::nullopt;
  civil.second = *second;
  Milliseconds fraction{0};
  if (literal(text, at, '.')) {
    const std::size_t start = at;
    int scale = 100;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      fraction += Milliseconds{(text[at] - '0') * scale};
      scale /= 10;
    }
    if (at == start) return std::nullopt;
  }
  const Instant instant = utc(civil) + fraction;
  if (literal(text, at, 'Z') || literal(text, at, 'z'))
    return at == text.size() ? std::optional{instant} : std::nullopt;
  const int sign = literal(text, at, '+') ? -1 : literal(text, at, '-') ? 1 : 0;
  Civil offset;
  if (sign == 0 || !read_hour_minute(text, at, offset) || at != text.size()) return std::nullopt;
  return instant + sign * (hours{offset.hour} + Minutes{offset.minute});
}

Civil to_local(Instant instant) {
  const std::time_t time = std::chrono::floor<seconds>(instant).time_since_epoch() / seconds{1};
  std::tm parts{};
  localtime_r(&time, &parts);
  return {parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
          parts.tm_min,         parts.tm_sec,     parts.tm_wday};
}

Instant from_local(const Civil& civil) {
  // Not by mktime: of a time that occurs twice it gives the one whose offset it was last asked for.
  return first_instant(WallTime{utc(civil).time_since_epoch()}, local_ahead);
}

std::string local_clock(Instant instant) {
  const Civil c = to_local(instant);
  return fmt::format("{:02}:{:02}", c.hour, c.minute);
}

std::string local_stamp(Instant instant) {
  const Civil c = to_local(instant);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute);
}

std::optional<Instant> parse_when(std::string_view text, Instant now) {
  if (!text.empty() && text.front() == '+') {
    const auto ahead = parse_minutes(text.substr(1));
    return ahead ? std::optional<Instant>{now + *ahead} : std::nullopt;
  }
  return parse_local(text, now);
}

std::optional<Minutes> parse_minutes(std::string_view text) {
  constexpr long kMost = 100L * 24 * 60;
  std::size_t at = 0;
  const auto number = [&]() -> std::optional<long> {
    const std::size_t start = at;
    long value = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      value = value * 10 + (text[at] - '0');
      if (value > kMost) return std::nullopt;
    }
    if (at == start || (text[start] == '0' && at - start > 1)) return std::nullopt;
    return value;
  };
  const auto first = number();
  if (!first) return std::nullopt;
  std::string_view rest = text.substr(at);
  if (rest.empty() || rest == "min") return Minutes{*first};
  if (rest.front() != 'h') return std::nullopt;
  if (*first * 60 > kMost) return std::nullopt;
  ++at;
  if (at == text.size()) return Minutes{*first * 60};
  std::string_view tail = text.substr(at);
  if (tail.ends_with("min")) tail.remove_suffix(3);
  if (tail.size() != 2 || tail[0] < '0' || tail[0] > '5' || tail[1] < '0' || tail[1] > '9')
    return std::nullopt;
  return Minutes{*first * 60 + (tail[0] - '0') * 10 + (tail[1] - '0')};
}

std::string minutes_text(Minutes minutes) {
  const auto count = minutes.count();
  if (count < 60) return fmt::format("{} min", count);
  if (count % 60 == 0) return fmt::format("{} h", count / 60);
  return fmt::format("{} h {:02}", count / 60, count % 60);
}

std::string span_text(Milliseconds span) {
  if (span >= Minutes{1}) return minutes_text(std::chrono::floor<Minutes>(span));
  return fmt::format("{:.3g} s", static_cast<double>(span.count()) / 1000.0);
}

}  // namespace tocsin::base
