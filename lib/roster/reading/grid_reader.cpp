#include "roster/reading/grid_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "base/text.h"
#include "roster/people/dates.h"
#include "roster/people/spelling.h"
#include "roster/reading/clock_text.h"
#include "roster/reading/day_headings.h"
#include "roster/reading/rota_fields.h"
#include "roster/reading/row_reader.h"
#include "roster/reading/row_times.h"

namespace tocsin::roster {

namespace {

using document::Cell;
using document::Table;

class GridReader : private RowReader {
 public:
  GridReader(const Table& table, const Terms& terms, ReadRota& into)
      : RowReader(table, terms, "cell", into) {}

  void read() {
    const auto days = read_day_headings(table_, findings_);
    if (!days) return;
    days_ = *days;
    std::vector<std::size_t> columns;
    for (const auto& [column, date] : days_) columns.push_back(column);
    const Columns named{table_, terms_.mapping, grid_fields(), findings_, columns};
    if (!named.are_complete()) return;
    look_beside(named, true);
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

  std::string_view text_of(const Columns& named, std::string_view field, std::size_t row) const {
    const auto column = named.first(field);
    return column ? table_.cell(row, *column).text : std::string_view{};
  }

  // A dash or a dot; but not a tick, a cross or another sign.
  static bool plans_nothing(std::string_view text) {
    return fold(text).find_first_not_of("-._/ ") == std::string::npos;
  }

  void read_row(const Columns& named, std::size_t row) {
    const std::size_t column = *named.first("person");
    const Cell cell = table_.cell(row, column);
    if (!cell.sound) return;
    const Responder* person = person_of(row, column);
    if (person == nullptr) return;
    Stint stint;
    stint.person = person->id;
    stint.role = RoleId{terms_.mapping.word("role", text_of(named, "role", row))};
    stint.ward = WardId{terms_.mapping.word("ward", text_of(named, "ward", row))};
    for (const auto& [at, date] : days_) read_cell(row, at, date, stint);
  }

  void read_cell(std::size_t row, std::size_t column, Date date, Stint stint) {
    const Cell cell = table_.cell(row, column);
    if (!cell.sound || plans_nothing(cell.text)) return;
    const auto place = table_.place(cell);
    if (document::is_formula(cell.text)) {
      findings_.error(place,
                      where(row, column) + "begins like a formula, which a spreadsheet would run",
                      "take the = + - or @ at its beginning away");
      return;
    }
    const auto duty = uncontradicted(row, duty_of_row(cell.text, place, stint.person, false),
                                     stint.person, false);
    if (!duty || duty->duty == Duty::off) return;
    stint.duty = duty->duty;
    take_rest(*duty, stint);
    const TextTimes times = times_in(cell.text);
    // What somebody said of the whole text has its times; of an absence the day counts.
    if (!times.are_understood && duty->duty != Duty::absent && !is_said(cell.text)) {
      note_fault(place, fmt::format("{} has times that are not understood", quoted(cell.text)),
                 "write them as 07:30-20:00");
      return;
    }
    const std::string day = to_text(date);
    const auto read =
        span_of({times.from, times.until, day, {}}, {duty->duty, duty->from, duty->until});
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

  DayColumns days_;
};

}  // namespace

bool is_grid(const Table& table) { return has_day_headings(table); }

void read_grid(const Table& table, const Terms& terms, ReadRota& into) {
  GridReader{table, terms, into}.read();
}

}  // namespace tocsin::roster
