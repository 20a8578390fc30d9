#include "roster/people/dates.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace tocsin::roster {

namespace {

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
  constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string word = base::to_lower(text);
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (word == kMonths[i]) return static_cast<unsigned>(i + 1);
  return number(text, 1, 2);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  text = base::trim(text);
  const auto mark = text.find_first_of("-/.");
  if (mark == std::string_view::npos) return std::nullopt;
  const auto parts = base::split(text, text[mark]);
  if (parts.size() != 3) return std::nullopt;
  const bool year_first = parts[0].size() == 4;
  if (year_first && text[mark] != '-') return std::nullopt;
  const auto year = number(year_first ? parts[0] : parts[2], 4, 4);
  const auto month = month_of(parts[1]);
  const auto day = number(year_first ? parts[2] : parts[0], 1, 2);
  if (!year || !month || !day || *year < 1970 || *year > 2199) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{*month}, std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::optional<base::Minutes> parse_clock(std::string_view text) {
  text = base::trim(text);
  const auto parts = base::split(text, ':');
  std::optional<unsigned> hour;
  std::optional<unsigned> minute;
  if (parts.size() == 1 && text.size() == 4) {
    hour = number(text.substr(0, 2), 2, 2);
    minute = number(text.substr(2), 2, 2);
  } else if (parts.size() == 2 || (parts.size() == 3 && parts[2] == "00")) {
    hour = number(parts[0], 1, 2);
    minute = number(parts[1], 2, 2);
  }
  if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute > 0))
    return std::nullopt;
  return base::Minutes{*hour * 60 + *minute};
}

std::optional<base::Instant> parse_stamp(std::string_view text) {
  text = base::trim(text);
  if (const auto instant = base::from_rfc3339(text)) return instant;
  const auto gap = text.find_first_of(" T");
  if (gap == std::string_view::npos) return std::nullopt;
  const auto date = parse_date(text.substr(0, gap));
  const auto clock = parse_clock(text.substr(gap + 1));
  if (!date || !clock) return std::nullopt;
  return local_instant(*date, *clock);
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

std::string to_text(Date date) {
  const std::chrono::year_month_day civil{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

}  // namespace tocsin::roster
