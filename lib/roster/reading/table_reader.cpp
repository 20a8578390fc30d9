#include "roster/reading/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>

#include "base/text.h"
#include "roster/people/dates.h"
#include "roster/people/spelling.h"
#include "roster/reading/clock_text.h"
#include "roster/reading/day_order.h"
#include "roster/reading/duty_tokens.h"
#include "roster/reading/rota_fields.h"
#include "roster/reading/row_marks.h"
#include "roster/reading/row_reader.h"
#include "roster/reading/row_times.h"

namespace tocsin::roster {

namespace {

using document::Cell;
using document::Table;

class TableReader : private RowReader {
 public:
  TableReader(const Table& table, const Terms& terms, ReadRota& into)
      : RowReader(table, terms, "row", into),
        columns_(table, terms.mapping, rota_fields(), findings_),
        has_duties_(any_cell("duty")) {
    look_beside(columns_, has_duties_ || columns_.first("absence"));
    is_of_absences_ = is_of_absences();
  }

  void read() {
    for (const std::string_view field : {"from", "until", "date", "end_date"}) check_rival(field);
    check_day_order();
    if (columns_.are_complete())
      for (row_ = 0; row_ < table_.rows(); ++row_) read_stint();
    finish();
  }

 private:
  Cell cell_of(std::string_view field) const {
    const auto column = columns_.first(field);
    return column ? table_.cell(row_, *column) : Cell{};
  }

  std::string where(std::string_view field) const {
    return RowReader::where(row_, *columns_.first(field));
  }

  // A row is named by its first cell where it has no such column.
  document::Place place_of(std::string_view field) const {
    return table_.place(columns_.first(field) ? cell_of(field) : cell_of("person"));
  }

  void report(std::string_view field, std::string_view message, std::string hint) {
    findings_.error(table_.place(cell_of(field)), where(field) + std::string{message},
                    std::move(hint));
  }

  // Text that a spreadsheet would run is refused here, too, so that no export passes it on.
  std::string_view text_of(std::string_view field) {
    const Cell cell = cell_of(field);
    if (!document::is_formula(cell.text)) return cell.text;
    report(field, "begins like a formula, which a spreadsheet would run",
           "take the = + - or @ at its beginning away");
    return {};
  }

  // A dash alone says nothing.
  std::string_view said_in(std::string_view field) {
    return cell_of(field).text == "-" ? std::string_view{} : text_of(field);
  }

  bool any_cell(std::string_view field) const {
    const auto column = columns_.first(field);
    if (!column) return false;
    for (std::size_t row = 0; row < table_.rows(); ++row)
      if (!table_.cell(row, *column).text.empty()) return true;
    return false;
  }

  static bool differ(std::string_view a, std::string_view b) {
    const auto one = parse_moment(a);
    const auto other = parse_moment(b);
    if (!one || !other) return one && b.empty();
    return (one->date && other->date && *one->date != *other->date) ||
           (one->clock && other->clock && *one->clock != *other->clock);
  }

  // Of two columns that both could be the field's, one was taken: they must say the same.
  void check_rival(std::string_view field) {
    const auto taken = columns_.first(field);
    if (!taken || terms_.mapping.columns.contains(field)) return;
    for (const std::size_t other : columns_.unread(table_)) {
      if (!is_usual_heading(field, table_.header(other).text)) continue;
      for (std::size_t row = 0; row < table_.rows(); ++row) {
        const Cell cell = table_.cell(row, other);
        if (!differ(cell.text, table_.cell(row, *taken).text)) continue;
        const std::string_view heading = table_.header(other).text;
        findings_.error(
            table_.place(cell),
            fmt::format("row {}: the columns {} and {} say different times", table_.row_number(row),
                        quoted(table_.header(*taken).text), quoted(heading)),
            fmt::format("--map {}=\"HEADING\" says which of the two counts", field));
        break;
      }
    }
  }

  // Dates with the month first would be read as other days, if each could be both.
  void check_day_order() {
    constexpr std::string_view kWay = "the day stands first: 22/11/2026, or write 2026-11-22";
    DayOrder order;
    for (row_ = 0; row_ < table_.rows(); ++row_) {
      const std::string_view begin = cell_of(columns_.first("date") ? "date" : "from").text;
      order.add(begin, cell_of(columns_.first("end_date") ? "end_date" : "until").text);
      const std::string half = base::to_lower(base::trim(cell_of("from").text));
      if (half.ends_with("am") || half.ends_with("pm")) order.add_half_day();
      check_weekday(begin);
    }
    row_ = 0;
    if (table_.rows() == 0) return;
    const std::string_view field = shown_field("date");
    if (const auto sign = order.sign())
      findings_.error(place_of(field), where(field) + *sign, std::string{kWay});
    else if (order.is_open())
      findings_.warning(
          place_of(field),
          where(field) + "nothing says whether day or month stands first: read with the day first",
          std::string{kWay});
  }

  // "01/04/2027" beside "Monday" has its month first, or is a mistake.
  void check_weekday(std::string_view begin) {
    const auto moment = parse_moment(begin);
    if (!moment || !moment->date) return;
    for (const std::size_t column : beside()) {
      const auto named = weekday_named(table_.cell(row_, column).text);
      if (!named || *named == std::chrono::weekday{*moment->date}) continue;
      note_fault(table_.place(table_.cell(row_, column)),
                 fmt::format("{} says another day of the week than the date has",
                             quoted(table_.header(column).text)),
                 "the day stands first: 22/11/2026, or write 2026-11-22");
    }
  }

  void read_stint() {
    for (const std::string_view field :
         {"person", "from", "until", "date", "end_date", "duty", "absence"})
      if (!cell_of(field).sound) return;
    Stint stint;
    const bool known = read_person(stint);
    const std::string_view role = said_in("role");
    if (!says_none(role)) stint.role = RoleId{terms_.mapping.word("role", role)};
    stint.ward = WardId{terms_.mapping.word("ward", said_in("ward"))};
    // The times are checked all the same, so that one run names every fault.
    if (!is_sure_of_role(stint.person)) return;
    const auto read = read_duty(stint);
    const bool is_of_days = read && read->duty == Duty::absent && !has_clocks();
    const auto duty = uncontradicted(row_, read, stint.person, is_of_days);
    const bool times = read_times(duty.value_or(DutyText{Duty::absent, {}, {}, {}}), stint);
    if (!known || !duty || !times || duty->duty == Duty::off) return;
    stint.duty = duty->duty;
    take_rest(*duty, stint);
    if (is_possible(place_of(end_field()), where(end_field()), stint)) add(std::move(stint));
  }

  bool read_person(Stint& stint) {
    const std::string_view text = text_of("person");
    if (text.empty()) {
      if (cell_of("person").text.empty())
        report("person", "nobody is named", "the id of a person on the roster");
      return false;
    }
    const Responder* person = person_of(row_, *columns_.first("person"));
    if (person == nullptr) return false;
    stint.person = person->id;
    return true;
  }

  // A table without any duty lists shifts. Among rows that name theirs, one that does not is not
  // understood; and a column of roles on call without a duty is for people on call.
  std::optional<DutyText> read_duty(Stint& stint) {
    for (const std::size_t column : columns_.of("absence")) {
      const Cell cell = table_.cell(row_, column);
      if (says_none(cell.text)) continue;  // its heading says that it is one: "Annual"
      return duty_of_row(fmt::format("leave {}", cell.text), table_.place(cell), stint.person,
                         has_clocks());
    }
    const std::string_view text = text_of("duty");
    if (text.empty() && !cell_of("duty").text.empty()) return std::nullopt;
    if (has_duties_ || columns_.first("absence"))
      return duty_of_row(text, place_of("duty"), stint.person, has_clocks());
    if (role_says_duty()) {
      stint.role = RoleId{};
      return duty_of(cell_of("role").text, {}, place_of("role"), stint.person);
    }
    if (is_of_absences_) return DutyText{Duty::absent, {}, {}, {}};
    if (!has_known_reasons(stint.person)) return std::nullopt;
    return DutyText{is_on_call(stint) ? Duty::on_call : Duty::on_duty, {}, {}, {}};
  }

  // "Leave Start" and "Leave End", without a column for the kind of it.
  bool is_of_absences() const {
    for (const std::string_view field : {"from", "until", "date", "end_date"})
      if (const auto column = columns_.first(field))
        if (names_absence(table_.header(*column).text)) return true;
    return false;
  }

  // A table that names no duty, and says why somebody is there or is not: "Reason: Jury".
  bool has_known_reasons(const PersonId& person) {
    for (const std::size_t column : reasons()) {
      const Cell cell = table_.cell(row_, column);
      if (says_none(cell.text)) continue;
      const std::string whole =
          fmt::format("{}: {}", base::trim(table_.header(column).text), cell.text);
      if (said_of(whole) != nullptr) continue;  // the rows' readers go by it
      note_unknown(whole, table_.place(cell), person);
      return false;
    }
    return true;
  }

  // "SWAP" or "TBC" is no role.
  bool is_sure_of_role(const PersonId& person) {
    const Cell cell = cell_of("role");
    if (cell.text.empty()) return true;
    const auto [known, is_new] = doubted_.try_emplace(std::string{cell.text}, false);
    if (is_new)
      known->second = words().is_only_doubt(cell.text) &&
                      (has_mark_of_doubt(cell.text) || !says_none(cell.text));
    if (!known->second) return true;
    const std::string_view heading = table_.header(*columns_.first("role")).text;
    const std::string whole = fmt::format("{}: {}", base::trim(heading), cell.text);
    if (said_of(whole) != nullptr) return true;
    note_unknown(whole, place_of("role"), person);
    return false;
  }

  // Yes in a column "On Call", or a role in a column "On-call Role".
  bool is_on_call(Stint& stint) const {
    for (const std::size_t column : beside())
      if (marks_on_call(table_.header(column).text, table_.cell(row_, column).text)) return true;
    const auto role = columns_.first("role");
    if (!role || stint.role.empty()) return false;
    if (!duty_key(table_.header(*role).text).starts_with("on-call")) return false;
    if (marks_on_call("On call", table_.cell(row_, *role).text)) stint.role = RoleId{};
    return true;
  }

  // "On call anaesthetist" as the role says the duty, too, unless the roster has such a role.
  bool role_says_duty() const {
    const std::string_view role = cell_of("role").text;
    return !role.empty() && !is_role(terms_.mapping.word("role", role)) &&
           words().says_on_call(role);
  }

  bool has_clocks() const {
    const auto has_clock = [this](std::string_view field) {
      const auto moment = parse_moment(cell_of(field).text);
      return moment && moment->clock;
    };
    return has_clock("from") || has_clock("until") || !times_in(cell_of("times").text).from.empty();
  }

  std::string_view end_field() const { return shown_field("until"); }

  // Times that stand in one cell: "20:00-08:00", or "Night 20:00-08:00" as the shift.
  bool take_text_times(const DutyText& duty, TimeCells& cells, TextTimes& times) {
    const bool has_until = columns_.first("until").has_value();
    if (has_until && (!cells.from.empty() || !cells.until.empty())) return true;
    const auto moment = parse_moment(cells.from);
    if (moment && moment->clock) return true;
    const std::string_view in_times = cell_of("times").text;
    const std::string_view text = !cells.from.empty() && !moment ? cells.from
                                  : in_times.empty()             ? cell_of("duty").text
                                                                 : in_times;
    times = times_in(text);
    if (!times.from.empty()) {
      if (moment && cells.date.empty()) cells.date = cells.from;
      cells.from = times.from;
      cells.until = times.until;
      return true;
    }
    if (duty.duty == Duty::absent || is_said(text)) return true;
    const bool has_end = has_until || columns_.first("end_date");
    if (times.are_understood && (has_end || duty.from || text == cells.from)) return true;
    note_fault(
        place_of("duty"),
        fmt::format("{} has {}", quoted(text),
                    times.are_understood ? "no times of day" : "times that are not understood"),
        !times.are_understood
            ? "write them as 07:30-20:00"
            : fmt::format("tocsin rota words set {} {} --from 08:00 --until 20:00", quoted(text),
                          duty.duty == Duty::on_call ? "on-call" : "on-duty"));
    return false;
  }

  // In a list of absences from day to day, one without an end goes on, or was of that day only.
  bool is_open(const DutyText& duty, const TimeCells& cells) const {
    return duty.duty == Duty::absent && !duty.until && cells.until.empty() &&
           cells.end_date.empty() &&
           (columns_.first("end_date") || (columns_.first("until") && !columns_.first("date")));
  }

  // Of an absence without an end another column may say it: "Return Date".
  bool ends_elsewhere(const TimeCells& cells) {
    if (!cells.until.empty() || !cells.end_date.empty()) return false;
    for (const std::size_t column : beside()) {
      const Cell cell = table_.cell(row_, column);
      const auto moment = parse_moment(cell.text);
      if (!moment || !moment->date || !is_of_return(table_.header(column).text)) continue;
      note_fault(table_.place(cell),
                 fmt::format("an absence without an end beside {}, which is not read",
                             quoted(table_.header(column).text)),
                 "write its last day under \"End Date\"");
      return true;
    }
    return false;
  }

  bool read_times(const DutyText& duty, Stint& stint) {
    TimeCells cells{text_of("from"), text_of("until"), text_of("date"), text_of("end_date")};
    TextTimes times;
    if (!take_text_times(duty, cells, times)) return false;
    if (duty.duty == Duty::absent && ends_elsewhere(cells)) return false;
    if (is_open(duty, cells)) {
      note_fault(place_of(end_field()), "an absence without an end, which may go on",
                 "write its last day; of one that goes on, the last day that is planned");
      return false;
    }
    const auto read = span_of(cells, {duty.duty, duty.from, duty.until});
    if (const auto* fault = std::get_if<TimeFault>(&read)) {
      report(shown_field(fault->field), fault->message, fault->hint);
      return false;
    }
    const Span& span = std::get<Span>(read);
    stint.from = span.from;
    stint.until = span.until;
    const auto place = place_of(end_field());
    if (span.end_rounded)
      note(place, where(end_field()), "a minute before the hour is read as the hour",
           "so that no minute is without anybody");
    if (span.begin_rounded)
      note(place, where(shown_field("from")), "00:01 is read as 00:00",
           "so that no minute is without anybody");
    if (!span.skipped) return true;
    note(place, where(end_field()), "left out: the clocks are put forward over all of it",
         "look at the times of that night");
    return false;
  }

  // A fault points at a column that the table has.
  std::string_view shown_field(std::string_view field) const {
    const bool begins = field == "from" || field == "date";
    for (const std::string_view shown : {field, std::string_view{begins ? "date" : "end_date"},
                                         std::string_view{begins ? "from" : "until"},
                                         std::string_view{"duty"}, std::string_view{"date"}})
      if (columns_.first(shown)) return shown;
    return "person";
  }

  Columns columns_;
  bool has_duties_;
  bool is_of_absences_ = false;
  std::unordered_map<std::string, bool> doubted_;  // roles, which repeat
  std::size_t row_ = 0;
};

}  // namespace

void read_table(const Table& table, const Terms& terms, ReadRota& into) {
  TableReader{table, terms, into}.read();
}

}  // namespace tocsin::roster
