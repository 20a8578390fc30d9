#include "roster/people/dates.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/text.h"

namespace tocsin::roster {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};

// Up to `most_digits` digits and nothing else, so that "+5" and " 5" are refused.
std::optional<unsigned> number(std::string_view text, std::size_t least_digits,
                               std::size_t most_digits) {
  if (text.size() < least_digits || text.size() > most_digits) return std::nullopt;
  unsigned out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + static_cast<unsigned>(c - '0');
  }
  return out;
}

std::optional<unsigned> month_of(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  const std::string word = base::to_lower(text);
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (word == kMonths[i] || word == kMonths[i].substr(0, 3) || (i == 8 && word == "sept"))
      return static_cast<unsigned>(i + 1);
  return number(text, 1, 2);
}

// "4th" is 4.
std::string_view without_ordinal(std::string_view day) {
  for (const std::string_view ending : {"st", "nd", "rd", "th"})
    if (day.size() > ending.size() && day.ends_with(ending))
      return day.substr(0, day.size() - ending.size());
  return day;
}

// Takes AM or PM from the end of a time, and returns the hours that it adds.
std::optional<unsigned> half_day(std::string_view& text) {
  if (text.size() < 3) return std::nullopt;
  const std::string ending = base::to_lower(text.substr(text.size() - 2));
  if (ending != "am" && ending != "pm") return std::nullopt;
  text = base::trim(text.substr(0, text.size() - 2));
  return ending == "pm" ? 12U : 0U;
}

// "0730hrs" and "08:00:00.000" say no more than 0730 and 08:00:00.
std::string_view without_unit(std::string_view text) {
  for (const std::string_view unit : {"hrs", "hours", "h"}) {
    if (text.size() <= unit.size() || !text.ends_with(unit)) continue;
    const std::string_view clock = base::trim(text.substr(0, text.size() - unit.size()));
    if (clock.size() >= 4) return clock;
  }
  constexpr std::size_t kSeconds = 8;  // "08:00:00"
  if (text.size() > kSeconds + 1 && text[kSeconds] == '.' && text[2] == ':' &&
      text.find_first_not_of('0', kSeconds + 1) == std::string_view::npos)
    return text.substr(0, kSeconds);
  return text;
}

// The digits of a number without a sign, such as "46391" or "0.8333"; nothing of any other text.
std::optional<double> spreadsheet_number(std::string_view text) {
  const auto mark = text.find_first_of(".,");
  const std::string_view whole = text.substr(0, mark);
  const std::string_view part = mark == std::string_view::npos ? "" : text.substr(mark + 1);
  const auto days = number(whole, 1, 5);
  if (!days || part.size() > 15) return std::nullopt;
  double value = *days;
  double scale = 0.1;
  for (const char c : part) {
    if (c < '0' || c > '9') return std::nullopt;
    value += (c - '0') * scale;
    scale /= 10;
  }
  return value;
}

// The day of the week that stands before a date, and the date: "Mon 04 Jan 2027", "Monday,
// 4/1/2027".
struct NamedDay {
  std::optional<std::chrono::weekday> day;
  std::string_view rest;
};
NamedDay named_day(std::string_view text) {
  text = base::trim(text);
  const auto end = text.find_first_of(" ,");
  if (end == std::string_view::npos) return {{}, text};
  std::string_view word = text.substr(0, end);
  if (word.ends_with('.')) word.remove_suffix(1);
  const auto day = weekday_named(word);
  if (!day) return {{}, text};
  std::string_view rest = base::trim(text.substr(end));
  if (rest.starts_with(',')) rest = base::trim(rest.substr(1));
  return {day, rest};
}

// A date without a day of the week.
std::optional<Date> plain_date(std::string_view text) {
  auto mark = text.find_first_of("-/.");
  if (mark == std::string_view::npos) mark = text.find(' ');  // "4 January 2027"
  if (mark == std::string_view::npos) return std::nullopt;
  const auto parts = base::split(text, text[mark]);
  if (parts.size() != 3) return std::nullopt;
  const bool year_first = parts[0].size() == 4;
  if (year_first && text[mark] != '-') return std::nullopt;
  if (text[mark] == ' ' && (parts[1].empty() || number(parts[1], 1, 2))) return std::nullopt;
  const auto year = number(year_first ? parts[0] : parts[2], 4, 4);
  const auto month = month_of(parts[1]);
  const auto day = number(without_ordinal(year_first ? parts[2] : parts[0]), 1, 2);
  if (!year || !month || !day || *year < 1970 || *year > 2199) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{*month}, std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

}  // namespace

std::optional<std::chrono::weekday> weekday_named(std::string_view text) {
  constexpr std::size_t kLetters = 3;
  text = base::trim(text);
  if (text.size() < kLetters || text.front() <= '9') return std::nullopt;  // a date, mostly
  std::string word = base::to_lower(text);
  for (const std::string_view longer : {"tues", "weds", "thur", "thurs"})
    if (word == longer) word.resize(kLetters);
  for (unsigned i = 0; i < kWeekdays.size(); ++i)
    if (word == kWeekdays[i] || word == kWeekdays[i].substr(0, kLetters))
      return std::chrono::weekday{i};
  return std::nullopt;
}

std::optional<Date> parse_date(std::string_view text) {
  const NamedDay named = named_day(text);
  const auto date = plain_date(named.rest);
  if (date && named.day && *named.day != std::chrono::weekday{*date}) return std::nullopt;
  return date;
}

std::optional<base::Minutes> parse_clock(std::string_view text) {
  text = without_unit(base::trim(text));
  const auto half = half_day(text);
  // "8.30" alone may be a number of hours; "8.30pm" is none.
  const char mark = half && text.find(':') == std::string_view::npos ? '.' : ':';
  const auto parts = base::split(text, mark);
  std::optional<unsigned> hour;
  std::optional<unsigned> minute;
  if (parts.size() == 1 && text.size() == 4 && !half) {
    hour = number(text.substr(0, 2), 2, 2);
    minute = number(text.substr(2), 2, 2);
  } else if (parts.size() == 1 && half) {
    hour = number(text, 1, 2);
    minute = 0;
  } else if (parts.size() == 2 ||
             (parts.size() == 3 && (parts[2] == "00" || (parts[1] == "59" && parts[2] == "59")))) {
    hour = number(parts[0], 1, 2);
    minute = number(parts[1], 2, 2);
  }
  if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute > 0))
    return std::nullopt;
  if (half) {
    if (*hour < 1 || *hour > 12) return std::nullopt;
    hour = *hour % 12 + *half;
  }
  return base::Minutes{*hour * 60 + *minute};
}

base::Instant local_instant(Date date, base::Minutes clock) {
  const Date day = clock >= std::chrono::days{1} ? date + std::chrono::days{1} : date;
  const base::Minutes of_day = clock % std::chrono::days{1};
  const std::chrono::year_month_day civil{day};
  base::Civil out;
  out.year = static_cast<int>(civil.year());
  out.month = static_cast<int>(static_cast<unsigned>(civil.month()));
  out.day = static_cast<int>(static_cast<unsigned>(civil.day()));
  out.hour = static_cast<int>(of_day.count() / 60);
  out.minute = static_cast<int>(of_day.count() % 60);
  return base::from_local(out);
}

namespace {

// RFC 3339, and the same as databases write it: with a space before the time, without seconds, with
// a zone of hours alone. "2027-01-04 08:00+00", "2027-01-04 08:00:00 UTC".
std::optional<base::Instant> exact_instant(std::string_view text) {
  if (const auto exact = base::from_rfc3339(text)) return exact;
  constexpr std::size_t kDate = 10;    // "2026-11-22"
  constexpr std::size_t kMinute = 16;  // "2026-11-22 08:00"
  if (text.size() <= kMinute || (text[kDate] != ' ' && text[kDate] != 'T')) return std::nullopt;
  auto zone = text.find_first_of("+-Z ", kMinute);
  if (text.ends_with(" UTC")) zone = text.size() - 4;
  if (zone == std::string_view::npos) return std::nullopt;
  std::string time{text.substr(kDate + 1, zone - kDate - 1)};
  if (time.size() == 5) time += ":00";
  std::string offset{base::trim(text.substr(zone))};
  if (offset == "UTC") offset = "Z";
  if (offset.size() == 3) offset += ":00";           // "+00"
  if (offset.size() == 5) offset.insert(3, 1, ':');  // "+0000"
  return base::from_rfc3339(fmt::format("{}T{}{}", text.substr(0, kDate), time, offset));
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text) {
  text = base::trim(text);
  if (const auto exact = exact_instant(text)) {
    const base::Civil civil = base::to_local(*exact);
    return Moment{Date{std::chrono::year{civil.year} /
                       std::chrono::month{static_cast<unsigned>(civil.month)} /
                       std::chrono::day{static_cast<unsigned>(civil.day)}},
                  base::Minutes{civil.hour * 60 + civil.minute}, exact};
  }
  if (const auto date = parse_date(text)) return Moment{date, {}, {}};
  if (const auto clock = parse_clock(text)) return Moment{{}, clock, {}};
  // "04 Jan 2027 08:00 PM": the gap is where a date ends and a time begins.
  for (auto gap = text.find_first_of(" T"); gap != std::string_view::npos;
       gap = text.find_first_of(" T", gap + 1)) {
    std::string_view day = base::trim(text.substr(0, gap));
    if (day.ends_with(',')) day.remove_suffix(1);
    const auto date = parse_date(day);
    if (!date) continue;
    const auto clock = parse_clock(text.substr(gap + 1));
    if (clock) return Moment{date, clock, {}};
  }
  return std::nullopt;
}

std::string time_hint(std::string_view text, std::string_view usual) {
  const NamedDay named = named_day(text);
  text = named.rest;
  if (const auto date = plain_date(text); date && named.day) {
    std::string day{kWeekdays.at(std::chrono::weekday{*date}.c_encoding())};
    day.front() = static_cast<char>(day.front() - 'a' + 'A');
    return fmt::format("{} is a {}", to_text(*date), day);
  }
  const auto parts = base::split(text.substr(0, text.find(' ')), '/');
  if (parts.size() == 3 && parts[0].size() < 4 && number(parts[2], 2, 2))
    return "write the year with four digits: 22/11/2026";
  if (parts.size() == 3 && parts[0].size() == 4)
    return "write it with hyphens: 2026-11-22, or the day first: 22/11/2026";
  const auto second = parts.size() == 3 ? number(parts[1], 1, 2) : std::nullopt;
  if (second && *second > 12) return "the day stands first: 22/11/2026, or write 2026-11-22";
  const auto point = text.find('.');
  if (point != std::string_view::npos && text.substr(0, point) != "0" &&
      number(text.substr(0, point), 1, 2) && number(text.substr(point + 1), 2, 2))
    return fmt::format("write it with a colon: {}:{}", text.substr(0, point),
                       text.substr(point + 1));
  const auto value = spreadsheet_number(text);
  constexpr double kFirst = 25'570;  // 2 January 1970, as spreadsheets count from 30 December 1899
  constexpr double kLast = 80'000;
  if (!value || (*value >= 1 && (*value < kFirst || *value > kLast))) return std::string{usual};
  if (text.find_first_of(".,") == std::string_view::npos && *value < 1) return std::string{usual};
  const auto days = static_cast<int>(*value);
  const auto minutes = static_cast<int>(std::lround((*value - days) * 24 * 60));
  std::string meant;
  // ECMA-376 part 1, 18.17.4.1: from March 1900 on, day 0 is 1899-12-30, or else 1904-01-01.
  if (days > 0) meant = to_text(Date{std::chrono::days{days - 25'569}});
  if (minutes > 0 || days == 0)
    meant += fmt::format("{}{:02}:{:02}", meant.empty() ? "" : " ", minutes / 60, minutes % 60);
  if (days > 0)
    meant += fmt::format(" (1900 system) or {} (1904 system)",
                         to_text(Date{std::chrono::days{days - 24'107}}));
  return fmt::format(
      "a spreadsheet's own number for {}: give its column the format of a date or "
      "a time, and export it again",
      meant);
}

std::string to_text(Date date) {
  const std::chrono::year_month_day civil{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

}  // namespace tocsin::roster
