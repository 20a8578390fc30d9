#include "roster/reading/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>

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
        has_duties_(any_cell("duty")) {}

  void read() {
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

  void read_stint() {
    for (const std::string_view field :
         {"person", "from", "until", "date", "end_date", "duty", "absence"})
      if (!cell_of(field).sound) return;
    Stint stint;
    const bool known = read_person(stint);
    stint.role = RoleId{terms_.mapping.word("role", text_of("role"))};
    stint.ward = WardId{terms_.mapping.word("ward", text_of("ward"))};
    // The times are checked all the same, so that one run names every fault.
    const auto duty = read_duty(stint);
    const bool times = read_times(duty.value_or(DutyText{Duty::absent, {}, {}, {}}), stint);
    if (!known || !duty || !times || duty->duty == Duty::off) return;
    stint.duty = duty->duty;
    take_rest(*duty, stint);
    if (is_possible(table_.place(cell_of(end_field())), where(end_field()), stint))
      add(std::move(stint));
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
    return true;
  }

  // A table without any duty lists shifts. Among rows that name theirs, one that does not is not
  // understood; and a column of roles on call without a duty is for people on call.
  std::optional<DutyText> read_duty(const Stint& stint) {
    const std::string_view absence = text_of("absence");
    if (!says_none(absence))  // the column's heading says that it is one: "Annual"
      return duty_of(fmt::format("leave {}", absence), {}, table_.place(cell_of("absence")),
                     stint.person);
    const std::string_view text = text_of("duty");
    if (text.empty() && !cell_of("duty").text.empty()) return std::nullopt;
    if (!has_duties_ && !columns_.first("absence")) {
      const auto role = columns_.first("role");
      const bool on_call =
          role && !stint.role.empty() && duty_key(table_.header(*role).text).starts_with("on-call");
      return DutyText{on_call ? Duty::on_call : Duty::on_duty, {}, {}, {}};
    }
    return duty_of(text, {}, table_.place(cell_of("duty")), stint.person);
  }

  static bool says_none(std::string_view text) {
    static constexpr auto kNone =
        std::to_array<std::string_view>({"", "none", "no", "na", "false", "0", "working"});
    return std::find(kNone.begin(), kNone.end(), duty_key(text)) != kNone.end();
  }

  std::string_view end_field() const { return columns_.first("until") ? "until" : "end_date"; }

  bool read_times(const DutyText& duty, Stint& stint) {
    const TimeCells cells{text_of("from"), text_of("until"), text_of("date"), text_of("end_date")};
    const auto read = span_of(cells, {duty.duty, duty.from, duty.until});
    if (const auto* fault = std::get_if<TimeFault>(&read)) {
      report(shown_field(fault->field), fault->message, fault->hint);
      return false;
    }
    const Span& span = std::get<Span>(read);
    stint.from = span.from;
    stint.until = span.until;
    const auto place = table_.place(cell_of(end_field()));
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
    if (columns_.first(field)) return field;
    if (field == "from" || field == "date") return field == "from" ? "date" : "from";
    return field == "until" ? "end_date" : "until";
  }

  const Table& table_;
  Columns columns_;
  bool has_duties_;
  std::size_t row_ = 0;
};

}  // namespace

std::span<const Field> rota_fields() {
  using enum Presence;
  static const std::vector<Field> kFields{
      {"person",
       {"Employee Number", "Assignment Number", "Staff Number", "Staff ID", "Person", "ID",
        "Full Name", "Employee Name", "Staff Name", "Staff Member", "Employee", "Name"},
       required},
      {"from",
       {"From", "Start", "Start Time", "Shift Start", "Shift Start Time", "Start Date Time",
        "Begin", "Time From"},
       required,
       Width::one,
       "date"},
      {"until",
       {"Until", "To", "End", "End Time", "Finish", "Finish Time", "Shift End", "Shift End Time",
        "End Date Time", "Time To"},
       required,
       Width::one,
       "end_date"},
      {"date",
       {"Date", "Duty Date", "Shift Date", "Start Date", "Shift Start Date", "From Date",
        "Date From", "First Day", "Leave Start", "Leave Start Date", "Leave From", "Absence Start",
        "Absence Start Date"}},
      {"end_date",
       {"End Date", "Finish Date", "Shift End Date", "Until Date", "To Date", "Date To",
        "Date Until", "Last Day", "Leave End", "Leave End Date", "Leave To", "Absence End",
        "Absence End Date"}},
      {"duty",
       {"Duty", "Duty Type", "Shift Type", "Shift", "Shift Name", "Shift Code", "Activity",
        "Event Type", "Type"}},
      {"absence",
       {"Absence", "Absence Type", "Absence Reason", "Absence Category", "Leave", "Leave Type",
        "Leave Reason", "Reason for Absence"}},
      {"role", {"On-call Role", "Role", "Job Role"}},
      {"ward", {"Area of Work", "Ward", "Unit", "Location"}},
  };
  return kFields;
}

void read_table(const Table& table, const Terms& terms, ReadRota& into) {
  TableReader{table, terms, into}.read();
}

}  // namespace tocsin::roster
