#include "roster/reading/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "base/text.h"
#include "roster/people/dates.h"
#include "roster/people/spelling.h"
#include "roster/reading/clock_text.h"
#include "roster/reading/day_order.h"
#include "roster/reading/rota_fields.h"
#include "roster/reading/row_marks.h"
#include "roster/reading/row_times.h"

namespace tocsin::roster {

namespace {

using document::Cell;
using document::Table;

class TableReader : private StintReader {
 public:
  TableReader(const Table& table, const Terms& terms, ReadRota& into)
      : StintReader(terms, "row", into),
        table_(table),
        columns_(table, terms.mapping, rota_fields(), findings_),
        has_duties_(any_cell("duty")),
        beside_(columns_.unread(table)) {
    for (const std::size_t column : beside_)
      if (is_usual("person", table.header(column).text)) names_.push_back(column);
    for (const std::string_view field : {"role", "ward"})
      if (const auto column = columns_.first(field)) beside_.push_back(*column);
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
    return fmt::format("row {}, column {}: ", table_.row_number(row_),
                       quoted(table_.header(*columns_.first(field)).text));
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

  static bool is_usual(std::string_view name, std::string_view heading) {
    const auto fields = rota_fields();
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& one) { return one.name == name; });
    return field != fields.end() && is_heading_of(*field, heading);
  }

  // Of two columns that both could be the field's, one was taken: they must say the same.
  void check_rival(std::string_view field) {
    const auto taken = columns_.first(field);
    if (!taken || terms_.mapping.columns.contains(field)) return;
    for (const std::size_t other : columns_.unread(table_)) {
      if (!is_usual(field, table_.header(other).text)) continue;
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
    for (const std::size_t column : beside_) {
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
    stint.role = RoleId{terms_.mapping.word("role", text_of("role"))};
    stint.ward = WardId{terms_.mapping.word("ward", text_of("ward"))};
    // The times are checked all the same, so that one run names every fault.
    const auto duty = uncontradicted(read_duty(stint), stint.person);
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
    const Responder* person = people_.by_id(text);
    if (person == nullptr) person = people_.by_name(text);
    if (person == nullptr) {
      note_stranger(table_.place(cell_of("person")), text,
                    fmt::format("{}{} is not on the roster", where("person"), quoted(text)),
                    "import the staff first, or leave strangers out with --skip-unknown");
      return false;
    }
    stint.person = person->id;
    return is_the_only_one(*person);
  }

  // An id beside another person's name: one of the two is wrong.
  bool is_the_only_one(const Responder& person) {
    for (const std::size_t column : names_) {
      const Cell cell = table_.cell(row_, column);
      const Responder* named = people_.by_id(cell.text);
      if (named == nullptr) named = people_.by_name(cell.text);
      if (named == nullptr || named == &person) continue;
      findings_.error(table_.place(cell),
                      fmt::format("{}{} is another person, and {} says {}", where("person"),
                                  quoted(cell_of("person").text),
                                  quoted(table_.header(column).text), quoted(cell.text)),
                      "one of the two is wrong");
      return false;
    }
    return true;
  }

  // A table without any duty lists shifts. Among rows that name theirs, one that does not is not
  // understood; and a column of roles on call without a duty is for people on call.
  std::optional<DutyText> read_duty(Stint& stint) {
    for (const std::size_t column : columns_.of("absence")) {
      const Cell cell = table_.cell(row_, column);
      if (says_none(cell.text)) continue;  // its heading says that it is one: "Annual"
      return duty_of(fmt::format("leave {}", cell.text), {}, table_.place(cell), stint.person);
    }
    const std::string_view text = text_of("duty");
    if (text.empty() && !cell_of("duty").text.empty()) return std::nullopt;
    if (!has_duties_ && !columns_.first("absence")) {
      const auto role = columns_.first("role");
      if (role_says_duty()) {
        stint.role = RoleId{};
        return duty_of(cell_of("role").text, {}, place_of("role"), stint.person);
      }
      const bool on_call =
          role && !stint.role.empty() && duty_key(table_.header(*role).text).starts_with("on-call");
      return DutyText{on_call ? Duty::on_call : Duty::on_duty, {}, {}, {}};
    }
    return duty_of(text, {}, place_of("duty"), stint.person);
  }

  // "On call anaesthetist" as the role says the duty, too, unless the roster has such a role.
  bool role_says_duty() const {
    const std::string_view role = cell_of("role").text;
    return !role.empty() && !is_role(terms_.mapping.word("role", role)) &&
           words().says_on_call(role);
  }

  // A column that is not read, or that is not the duty's, can say that somebody is away: "Annual
  // leave" as the location. Nobody is on duty by the rest of such a row.
  std::optional<DutyText> uncontradicted(std::optional<DutyText> duty, const PersonId& person) {
    if (!duty || duty->duty == Duty::off) return duty;
    const bool is_absence = duty->duty == Duty::absent;
    const bool is_of_days = is_absence && !has_clock("from") && !has_clock("until");
    for (const std::size_t column : beside_) {
      const Cell cell = table_.cell(row_, column);
      const std::string_view heading = table_.header(column).text;
      const bool is_away =
          !is_absence && (says_away(std::string{cell.text}) || marks_away(heading, cell.text));
      if (!is_away && !marks_void(heading, cell.text) &&
          !(is_of_days && marks_half_day(heading, cell.text)))
        continue;
      const std::string whole =
          fmt::format("{}: {}", base::trim(table_.header(column).text), cell.text);
      const Meaning* said = said_of(whole);
      if (said == nullptr) {
        note_unknown(whole, table_.place(cell), person);
        return std::nullopt;
      }
      if (said->duty == Duty::absent || said->duty == Duty::off)
        return DutyText{said->duty, {}, said->from, said->until};
    }
    return duty;
  }

  bool has_clock(std::string_view field) const {
    const auto moment = parse_moment(cell_of(field).text);
    return moment && moment->clock;
  }

  static bool says_none(std::string_view text) {
    static constexpr auto kNone = std::to_array<std::string_view>(
        {"", "none", "no", "n", "nil", "null", "na", "not-applicable", "false", "0", "working",
         "work", "at-work", "present", "no-absence", "not-absent", "no-leave"});
    const std::string key = canonical_word(text);  // of a dash: nothing
    return std::find(kNone.begin(), kNone.end(), key) != kNone.end() || duty_key(text) == "na";
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

  bool read_times(const DutyText& duty, Stint& stint) {
    TimeCells cells{text_of("from"), text_of("until"), text_of("date"), text_of("end_date")};
    TextTimes times;
    if (!take_text_times(duty, cells, times)) return false;
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

  const Table& table_;
  Columns columns_;
  bool has_duties_;
  std::vector<std::size_t> names_;   // unread columns of the person
  std::vector<std::size_t> beside_;  // columns that say nothing of the duty, or should not
  std::size_t row_ = 0;
};

}  // namespace

void read_table(const Table& table, const Terms& terms, ReadRota& into) {
  TableReader{table, terms, into}.read();
}

}  // namespace tocsin::roster
