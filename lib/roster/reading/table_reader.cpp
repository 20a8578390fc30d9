#include "roster/reading/table_reader.h"

#include <fmt/format.h>

#include <utility>

#include "roster/people/dates.h"

namespace tocsin::roster {

namespace {

using base::Instant;
using document::Cell;
using document::Findings;
using document::Table;

constexpr std::chrono::days kOneDay{1};

class TableReader : private StintReader {
 public:
  TableReader(const Table& table, const Mapping& mapping, const Roster& roster, Strangers strangers,
              Findings& findings)
      : StintReader(mapping, roster, strangers, findings),
        table_(table),
        columns_(table, mapping, rota_fields(), findings) {}

  std::vector<Stint> read() {
    std::vector<Stint> stints;
    for (const Field& field : rota_fields())
      if (field.presence == Presence::required && columns_.of(field.name).empty()) return stints;
    for (row_ = 0; row_ < table_.rows(); ++row_)
      if (auto stint = read_stint()) stints.push_back(*std::move(stint));
    return stints;
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

  std::optional<Stint> read_stint() {
    if (!cell_of("person").sound || !cell_of("from").sound || !cell_of("until").sound)
      return std::nullopt;
    Stint stint;
    const bool known = read_person(stint);
    const bool duty = read_duty(stint);
    const bool times = read_times(stint);
    stint.role = RoleId{mapping_.word("role", text_of("role"))};
    stint.ward = WardId{mapping_.word("ward", text_of("ward"))};
    if (!known || !duty || !times ||
        !is_possible(table_.place(cell_of("until")), where("until"), stint))
      return std::nullopt;
    return stint;
  }

  bool read_person(Stint& stint) {
    const std::string_view text = text_of("person");
    if (text.empty()) {
      if (cell_of("person").text.empty())
        report("person", "nobody is named", "the id of a person on the roster");
      return false;
    }
    const Responder* person = people_.by_id(text);
    if (person == nullptr) {
      report_stranger(table_.place(cell_of("person")),
                      fmt::format("{}{} is not on the roster", where("person"), quoted(text)),
                      "import the staff first, or leave strangers out with --skip-unknown");
      return false;
    }
    stint.person = person->id;
    return true;
  }

  bool read_duty(Stint& stint) {
    const std::string_view text = text_of("duty");
    if (text.empty()) return true;  // the default is on duty
    const auto duty = duty_of(text);
    if (!duty) {
      report("duty", fmt::format("{} is no duty that we know", quoted(text)),
             "on duty, on call or leave; a mapping file can say which one it means");
      return false;
    }
    stint.duty = *duty;
    return true;
  }

  bool read_times(Stint& stint) {
    const std::string_view from = text_of("from");
    const std::string_view until = text_of("until");
    const std::string_view date_text = text_of("date");
    const auto date = parse_date(date_text);
    if (!date_text.empty() && !date) {
      report("date", fmt::format("{} is no date", quoted(date_text)), "2026-11-22 or 22/11/2026");
      return false;
    }
    const auto begins = at(from, date);
    if (!begins) {
      report("from", fmt::format("{} is no time", quoted(from)),
             "2026-11-22 08:00, or 08:00 beside a column with the date");
      return false;
    }
    stint.from = *begins;
    const auto ends = end_of(until, date, *begins);
    if (!ends) {
      report("until", fmt::format("{} is no time", quoted(until)), "2026-11-22 20:00 or 20:00");
      return false;
    }
    stint.until = *ends;
    return true;
  }

  static std::optional<Instant> at(std::string_view text, std::optional<Date> date) {
    if (const auto stamp = parse_stamp(text)) return stamp;
    const auto clock = parse_clock(text);
    if (!clock || !date) return std::nullopt;
    return local_instant(*date, *clock);
  }

  // A time of day alone is the first such time after the beginning.
  static std::optional<Instant> end_of(std::string_view text, std::optional<Date> date,
                                       Instant begins) {
    if (const auto stamp = parse_stamp(text)) return stamp;
    const auto clock = parse_clock(text);
    if (!clock) return std::nullopt;
    const base::Civil civil = base::to_local(begins);
    const Date first = date.value_or(Date{std::chrono::year{civil.year} / civil.month / civil.day});
    const Instant same_day = local_instant(first, *clock);
    return same_day > begins ? same_day : local_instant(first + kOneDay, *clock);
  }

  const Table& table_;
  Columns columns_;
  std::size_t row_ = 0;
};

}  // namespace

std::span<const Field> rota_fields() {
  using enum Presence;
  static const std::vector<Field> kFields{
      {"person",
       {"Employee Number", "Assignment Number", "Staff Number", "Staff ID", "Person", "ID"},
       required},
      {"from", {"From", "Start", "Start Time", "Shift Start"}, required},
      {"until", {"Until", "To", "End", "End Time", "Finish", "Shift End"}, required},
      {"date", {"Date", "Duty Date", "Shift Date", "Start Date"}},
      {"duty", {"Duty", "Duty Type", "Shift Type", "Shift"}},
      {"role", {"On-call Role", "Role", "Job Role"}},
      {"ward", {"Area of Work", "Ward", "Unit", "Location"}},
  };
  return kFields;
}

std::vector<Stint> read_table(const Table& table, const Mapping& mapping, const Roster& roster,
                              Strangers strangers, Findings& findings) {
  return TableReader{table, mapping, roster, strangers, findings}.read();
}

}  // namespace tocsin::roster
