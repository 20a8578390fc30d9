#include "roster/reading/grid_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "base/text.h"
#include "roster/people/dates.h"
#include "roster/people/spelling.h"
#include "roster/reading/row_times.h"
#include "roster/reading/table_reader.h"

namespace tocsin::roster {

namespace {

using document::Cell;
using document::Table;

constexpr std::size_t kFewestDays = 3;  // columns
constexpr std::string_view kDigits = "0123456789";

template <std::size_t Count>
bool begins_with(std::string_view word, const std::array<std::string_view, Count>& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return word.starts_with(start); });
}

bool is_weekday(std::string_view word) {
  static constexpr auto kDays =
      std::to_array<std::string_view>({"mon", "tue", "wed", "thu", "fri", "sat", "sun"});
  return begins_with(word, kDays);
}

bool is_month(std::string_view word) {
  static constexpr auto kMonths = std::to_array<std::string_view>(
      {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
  return begins_with(word, kMonths);
}

// "Mon 04/01/2027" and "Monday, 4 January 2027" as well as every form that a cell may have.
std::optional<Date> day_of(std::string_view heading) {
  const std::string folded = fold(heading);
  std::vector<std::string> words;
  for (const std::string_view part : base::split(folded, ' ')) {
    std::string word{base::trim(part)};
    if (word.ends_with(',')) word.pop_back();
    if (!word.empty() && !is_weekday(word)) words.push_back(word);
  }
  if (words.size() == 3 && is_month(words[1]))
    words = {words[0] + "-" + words[1].substr(0, 3) + "-" + words[2]};
  const auto moment = parse_moment(base::join(words, " "));
  return moment ? moment->date : std::nullopt;
}

// "Mon 4", "04-Jan", "04/01": a day that leaves its year open.
bool is_day_without_year(std::string_view heading) {
  const std::string text = fold(base::trim(heading));
  if (text.size() > 16 || text.find_first_of(kDigits) == std::string::npos) return false;
  const std::string canonical = canonical_word(text);
  bool named = false;
  for (const std::string_view word : base::split(canonical, '-'))
    named = named || is_weekday(word) || is_month(word);
  const bool numbers = text.find_first_not_of("0123456789/.-") == std::string::npos;
  return named || (numbers && text.size() <= 5);
}

// Times of day in a cell: "LD 07:30-20:00".
struct Clocks {
  std::string_view from;
  std::string_view until;
};
Clocks clocks_in(std::string_view text) {
  std::vector<std::string_view> found;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && (kDigits.find(text[end]) != kDigits.npos || text[end] == ':'))
      ++end;
    const std::string_view piece = text.substr(at, end - at);
    if (piece.size() >= 4 && parse_clock(piece)) found.push_back(piece);
    at = std::max(end, at + 1);
  }
  return found.size() == 2 ? Clocks{found[0], found[1]} : Clocks{};
}

class GridReader : private StintReader {
 public:
  GridReader(const Table& table, const Terms& terms, ReadRota& into)
      : StintReader(terms, "cell", into), table_(table) {
    for (std::size_t i = 0; i < table.columns(); ++i)
      if (const auto date = day_of(table.header(i).text)) days_.emplace_back(i, *date);
  }

  void read() {
    if (days_.size() < kFewestDays) {
      findings_.error({table_.file(), 1, 1},
                      "row 1: there is one column a day, but their headings leave the year open",
                      "write each as 22/11/2026 or 2026-11-22");
      return;
    }
    std::vector<std::size_t> columns;
    for (const auto& [column, date] : days_) columns.push_back(column);
    const Columns named{table_, terms_.mapping, grid_fields(), findings_, columns};
    if (!named.are_complete()) return;
    for (std::size_t row = 0; row < table_.rows(); ++row) read_row(named, row);
    finish();
  }

 private:
  static std::vector<Field> grid_fields() {
    std::vector<Field> out;
    for (const Field& field : rota_fields())
      if (field.name == "person" || field.name == "role" || field.name == "ward")
        out.push_back(field);
    return out;
  }

  std::string where(std::size_t row, std::size_t column) const {
    return fmt::format("row {}, column {}: ", table_.row_number(row),
                       quoted(table_.header(column).text));
  }

  std::string_view text_of(const Columns& named, std::string_view field, std::size_t row) const {
    const auto column = named.first(field);
    return column ? table_.cell(row, *column).text : std::string_view{};
  }

  void read_row(const Columns& named, std::size_t row) {
    const std::size_t column = *named.first("person");
    const Cell cell = table_.cell(row, column);
    if (!cell.sound) return;
    const Responder* person = people_.by_id(cell.text);
    if (person == nullptr) person = people_.by_name(cell.text);
    if (person == nullptr) {
      note_stranger(table_.place(cell), cell.text,
                    fmt::format("{}{} is not on the roster", where(row, column), quoted(cell.text)),
                    "import the staff first, or leave strangers out with --skip-unknown");
      return;
    }
    Stint stint;
    stint.person = person->id;
    stint.role = RoleId{terms_.mapping.word("role", text_of(named, "role", row))};
    stint.ward = WardId{terms_.mapping.word("ward", text_of(named, "ward", row))};
    for (const auto& [at, date] : days_) read_cell(row, at, date, stint);
  }

  void read_cell(std::size_t row, std::size_t column, Date date, Stint stint) {
    const Cell cell = table_.cell(row, column);
    // A dash or a dot says that nothing is planned.
    if (canonical_word(cell.text).empty() || !cell.sound) return;
    const auto place = table_.place(cell);
    if (document::is_formula(cell.text)) {
      findings_.error(place,
                      where(row, column) + "begins like a formula, which a spreadsheet would run",
                      "take the = + - or @ at its beginning away");
      return;
    }
    const auto duty = duty_of(cell.text, {}, place, stint.person);
    if (!duty || duty->duty == Duty::off) return;
    stint.duty = duty->duty;
    take_rest(*duty, stint);
    const Clocks clocks = clocks_in(cell.text);
    const std::string day = to_text(date);
    const auto read =
        span_of({clocks.from, clocks.until, day, {}}, {duty->duty, duty->from, duty->until});
    if (std::holds_alternative<TimeFault>(read)) {
      note_fault(
          place, fmt::format("{} has no times of day", quoted(cell.text)),
          fmt::format("tocsin rota words set {} {} --from 08:00 --until 20:00", quoted(cell.text),
                      duty->duty == Duty::on_call ? "on-call" : "on-duty"));
      return;
    }
    const Span& span = std::get<Span>(read);
    stint.from = span.from;
    stint.until = span.until;
    if (span.skipped)
      note(place, where(row, column), "left out: the clocks are put forward over all of it", "");
    else if (is_possible(place, where(row, column), stint))
      add(std::move(stint));
  }

  const Table& table_;
  std::vector<std::pair<std::size_t, Date>> days_;
};

}  // namespace

bool is_grid(const Table& table) {
  std::size_t dated = 0;
  std::size_t open = 0;
  for (std::size_t i = 0; i < table.columns(); ++i) {
    const std::string_view heading = table.header(i).text;
    if (day_of(heading))
      ++dated;
    else if (is_day_without_year(heading))
      ++open;
  }
  return dated >= kFewestDays || open >= 5;
}

void read_grid(const Table& table, const Terms& terms, ReadRota& into) {
  GridReader{table, terms, into}.read();
}

}  // namespace tocsin::roster
