#include "roster/reading/day_headings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "base/text.h"
#include "roster/people/spelling.h"
#include "roster/reading/stint_reader.h"

namespace tocsin::roster {

namespace {

using document::Cell;
using document::Findings;
using document::Table;

constexpr std::size_t kFewestDays = 3;   // columns
constexpr std::size_t kFewestAlone = 5;  // they could be something else
constexpr std::size_t kLooked = 12;      // rows below the first
constexpr std::string_view kDayFirst = "the day stands first: 22/11/2026, or write 2026-11-22";
constexpr std::string_view kWriteEach =
    "write each as 22/11/2026 or 2026-11-22: in the spreadsheet, type the first date and drag it "
    "to the right";

constexpr auto kDays = std::to_array<std::string_view>(
    {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"});
constexpr auto kMonths =
    std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july",
                                     "august", "september", "october", "november", "december"});

// The position of the name that the word is, whole or cut short: "Tue", "Tues", "Tuesday".
template <std::size_t Count>
std::optional<unsigned> position(std::string_view word,
                                 const std::array<std::string_view, Count>& names) {
  if (word == "weds") word = "wed";
  if (word.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < Count; ++i)
    if (names[i].starts_with(word)) return static_cast<unsigned>(i);
  return std::nullopt;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// A whole date that no rule of ours reads: "04/01/27", "12/25/2027", "4-Jan-27", 46391.
bool is_misspelt(std::string_view text) {
  if (is_digits(text) && text.size() == 5) {
    constexpr std::string_view kFirst = "40000";  // 2009-07-06, as spreadsheets count
    constexpr std::string_view kLast = "70000";
    return text >= kFirst && text <= kLast;
  }
  const auto mark = text.find_first_of("-/.");
  if (mark == std::string_view::npos) return false;
  const auto parts = base::split(text, text[mark]);
  if (parts.size() != 3) return false;
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return (is_digits(part) && part.size() <= 4) || position(part, kMonths);
  });
}

bool is_day_alone(std::string_view text) {
  if (text.size() > 16) return false;
  const std::string canonical = canonical_word(text);
  const bool has_digit = text.find_first_of("0123456789") != std::string_view::npos;
  bool named = false;
  bool only_names = true;
  for (const std::string_view word : base::split(canonical, '-')) {
    const bool is_name = position(word, kDays) || position(word, kMonths);
    named = named || is_name;
    only_names = only_names && position(word, kDays);
  }
  const bool numbers = text.find_first_not_of("0123456789/.-") == std::string_view::npos;
  return (has_digit && named) || only_names || (has_digit && numbers && text.size() <= 5);
}

struct Seen {
  std::size_t whole = 0;  // dates, read or misspelt
  std::size_t alone = 0;
  bool are_days() const { return whole >= kFewestDays || whole + alone >= kFewestAlone; }
  void count(Heading is) {
    whole += is == Heading::day || is == Heading::misspelt ? 1 : 0;
    alone += is == Heading::day_alone ? 1 : 0;
  }
};

std::string column_name(const Table& table, std::size_t column) {
  return fmt::format("row 1, column {}: ", quoted(table.header(column).text));
}

bool has_text(const Table& table, std::size_t column) {
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (!table.cell(row, column).text.empty()) return true;
  return false;
}

// With the month first, days that follow each other read as the same day of months that do.
bool are_months_apart(const DayColumns& days) {
  using std::chrono::year_month_day;
  for (std::size_t i = 1; i < days.size(); ++i) {
    const year_month_day before{days[i - 1].second};
    const year_month_day here{days[i].second};
    if (here.day() != before.day() || here.year() != before.year() ||
        here.month() != before.month() + std::chrono::months{1})
      return false;
  }
  return true;
}

// The first column with a fault stands for all, as all were written in one way.
struct Fault {
  std::string message;
  std::string hint;
};
std::optional<Fault> fault_of(std::string_view text) {
  const DayHeading heading = day_heading(text);
  if (heading.is == Heading::misspelt)
    return Fault{"a day in a form that is not read", time_hint(text, kWriteEach)};
  if (heading.named && heading.date && *heading.named != std::chrono::weekday{*heading.date})
    return Fault{to_text(*heading.date) + " is another day of the week", std::string{kDayFirst}};
  return std::nullopt;
}

}  // namespace

DayHeading day_heading(std::string_view text) {
  std::string folded = fold(base::trim(text));
  std::replace(folded.begin(), folded.end(), '\n', ' ');  // "Mon" above "04/01/2027"
  std::erase(folded, '\r');
  DayHeading out;
  std::vector<std::string> words;
  for (const std::string_view part : base::split(folded, ' ')) {
    std::string word{base::trim(part)};
    if (word.ends_with(',')) word.pop_back();
    const auto day = position(word, kDays);
    if (day) out.named = std::chrono::weekday{*day};
    if (!word.empty() && !day) words.push_back(word);
  }
  if (words.size() == 3 && position(words[1], kMonths))
    words = {words[0] + "-" + words[1].substr(0, 3) + "-" + words[2]};
  const std::string date = base::join(words, " ");
  const auto moment = parse_moment(date);
  if (moment && moment->date) {
    out.is = Heading::day;
    out.date = moment->date;
  } else if (is_misspelt(date)) {
    out.is = Heading::misspelt;
  } else if (!folded.empty() && is_day_alone(folded)) {
    out.is = Heading::day_alone;
  }
  return out;
}

bool has_day_headings(const Table& table) {
  Seen seen;
  for (std::size_t i = 0; i < table.columns(); ++i)
    seen.count(day_heading(table.header(i).text).is);
  return seen.are_days();
}

std::optional<DayColumns> read_day_headings(const Table& table, Findings& findings) {
  const std::size_t before = findings.errors();
  DayColumns out;
  for (std::size_t i = 0; i < table.columns(); ++i) {
    const std::string_view text = table.header(i).text;
    if (const auto fault = fault_of(text)) {
      findings.error(table.place(table.header(i)), column_name(table, i) + fault->message,
                     fault->hint);
      return std::nullopt;
    }
    const DayHeading heading = day_heading(text);
    if (heading.is != Heading::day) continue;
    const bool is_again = std::any_of(
        out.begin(), out.end(), [&](const auto& column) { return column.second == *heading.date; });
    if (is_again)
      findings.error(table.place(table.header(i)),
                     column_name(table, i) + "a second column of that day",
                     "one column for each day, with both shifts of a person in two rows");
    out.emplace_back(i, *heading.date);
  }
  for (std::size_t i = 0; i < table.columns(); ++i) {
    const std::string_view text = table.header(i).text;
    // A number by itself may be hours.
    const bool alone = day_heading(text).is == Heading::day_alone &&
                       text.find_first_not_of("0123456789.") != std::string_view::npos;
    if (alone && !out.empty())
      findings.error(table.place(table.header(i)),
                     column_name(table, i) + "a day without its year, beside days that have theirs",
                     std::string{kWriteEach});
    const bool within = !out.empty() && i > out.front().first && i < out.back().first;
    if (within && table.header(i).text.empty() && has_text(table, i))
      findings.error({table.file(), 1, 1},
                     fmt::format("row 1: column {} stands between days and has no date", i + 1),
                     "write its day above it, or delete the column");
  }
  if (out.empty())
    findings.error({table.file(), 1, 1},
                   "row 1: there is one column a day, but their headings leave the year open",
                   std::string{kWriteEach});
  else if (out.size() >= kFewestDays && are_months_apart(out))
    findings.error({table.file(), 1, 1},
                   "row 1: the days are a month apart, as dates with the month first would be",
                   std::string{kDayFirst});
  if (findings.errors() > before) return std::nullopt;
  return out;
}

std::optional<int> row_of_days(const Table& table) {
  for (std::size_t row = 0; row < std::min(kLooked, table.rows()); ++row) {
    Seen seen;
    for (std::size_t i = 0; i < table.columns(); ++i)
      seen.count(day_heading(table.cell(row, i).text).is);
    if (seen.are_days()) return table.row_number(row);
  }
  return std::nullopt;
}

}  // namespace tocsin::roster
