#include "roster/rota/rota_import.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "roster/people/dates.h"
#include "roster/people/lookup.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

using base::Instant;
using document::Cell;
using document::Findings;
using document::Place;
using document::Table;

constexpr std::chrono::days kOneDay{1};
// A longer span is a mistake, such as a wrong month.
constexpr std::chrono::days kLongestDuty{8};
constexpr std::chrono::days kLongestAbsence{800};

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", base::printable(text.substr(0, 60)));
}

// What both kinds of file need: words, people, and the check of a span.
class StintReader {
 public:
  StintReader(const Mapping& mapping, const Roster& roster, Strangers strangers, Findings& findings)
      : mapping_(mapping), people_(roster), strangers_(strangers), findings_(findings) {}

 protected:
  std::optional<Duty> duty_of(std::string_view text) const {
    return duty_from_text(mapping_.word("duty", text));
  }

  void report_stranger(const Place& place, std::string message, std::string hint) {
    if (strangers_ == Strangers::refuse)
      findings_.error(place, std::move(message), std::move(hint));
    else
      findings_.warning(place, std::move(message), "left out");
  }

  bool is_possible(const Place& place, const std::string& where, const Stint& stint) {
    const auto length = stint.until - stint.from;
    if (length <= base::Milliseconds{0}) {
      findings_.error(place, where + "it ends before it begins", "look at the dates");
      return false;
    }
    const bool absence = stint.duty == Duty::absent;
    if (length <= (absence ? kLongestAbsence : kLongestDuty)) return true;
    findings_.error(
        place,
        fmt::format("{}{} of more than {} days", where, absence ? "an absence" : "a duty",
                    (absence ? kLongestAbsence : kLongestDuty).count()),
        "look at the dates");
    return false;
  }

  const Mapping& mapping_;
  People people_;
  Strangers strangers_;
  Findings& findings_;
};

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

class EventReader : private StintReader {
 public:
  using StintReader::StintReader;

  std::vector<Stint> read(std::span<const document::Event> events) {
    std::vector<Stint> stints;
    for (const document::Event& event : events) read_event(event, stints);
    return stints;
  }

 private:
  void read_event(const document::Event& event, std::vector<Stint>& stints) {
    Stint stint;
    stint.from = event.from;
    stint.until = event.until;
    stint.ward = WardId{mapping_.word("ward", event.location)};
    std::string_view words = event.summary;
    std::string_view named;
    if (const auto colon = words.rfind(':'); colon != std::string_view::npos) {
      named = base::trim(words.substr(colon + 1));
      words = words.substr(0, colon);
    }
    read_words(words, event.categories, stint);
    if (!is_possible(event.place, "", stint)) return;

    bool anybody = false;
    for (const document::Attendee& attendee : event.attendees) {
      const Responder* person = people_.by_email(attendee.email);
      if (person == nullptr) person = people_.by_name(attendee.name);
      if (person == nullptr) person = people_.by_id(attendee.name);
      if (person == nullptr) {
        report_stranger(
            event.place,
            attendee.name.empty()
                ? std::string{"an attendee without a name whom the roster does not have"}
                : fmt::format("the attendee {} is not one person on the roster",
                              quoted(attendee.name)),
            "their email address, full name or id as on the roster");
        continue;
      }
      add(*person, stint, stints);
      anybody = true;
    }
    if (anybody || !event.attendees.empty()) return;
    const Responder* person = people_.by_id(named);
    if (person == nullptr) person = people_.by_name(named);
    if (person != nullptr)
      add(*person, stint, stints);
    else
      report_stranger(event.place,
                      named.empty()
                          ? fmt::format("the event {} names nobody", quoted(event.summary))
                          : fmt::format("{} is not one person on the roster", quoted(named)),
                      "an ATTENDEE, or a SUMMARY such as \"On call anaesthetist: Ana Bell\"");
  }

  static void add(const Responder& person, Stint stint, std::vector<Stint>& stints) {
    stint.person = person.id;
    stints.push_back(std::move(stint));
  }

  // "On call anaesthetist" gives a duty and a role. The duty may be in a category instead.
  void read_words(std::string_view text, const std::vector<std::string>& categories,
                  Stint& stint) const {
    bool known = false;
    for (const std::string& category : categories)
      if (const auto duty = duty_of(category); duty && !known) {
        stint.duty = *duty;
        known = true;
      }
    const std::string word = canonical_word(text);
    // The longest beginning that is a duty is the duty; the rest is the role.
    for (std::size_t end = word.size(); end != std::string::npos && end > 0;
         end = word.rfind('-', end - 1)) {
      const auto duty = duty_of(word.substr(0, end));
      if (!duty) continue;
      if (!known) stint.duty = *duty;
      stint.role = RoleId{mapping_.word("role", std::string_view{word}.substr(end))};
      return;
    }
    stint.role = RoleId{mapping_.word("role", word)};
  }
};

std::optional<std::vector<Stint>> settled(std::vector<Stint> stints, const Findings& findings) {
  if (findings.has_errors()) return std::nullopt;
  std::sort(stints.begin(), stints.end());
  stints.erase(std::unique(stints.begin(), stints.end()), stints.end());
  return stints;
}

bool is_calendar(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return base::to_lower(text.substr(0, 15)) == "begin:vcalendar";
}

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

std::optional<std::vector<Stint>> import_rota(const Table& table, const Mapping& mapping,
                                              const Roster& roster, Strangers strangers,
                                              Findings& findings) {
  return settled(TableReader{table, mapping, roster, strangers, findings}.read(), findings);
}

std::optional<std::vector<Stint>> import_rota(std::span<const document::Event> events,
                                              const Mapping& mapping, const Roster& roster,
                                              Strangers strangers, Findings& findings) {
  return settled(EventReader{mapping, roster, strangers, findings}.read(events), findings);
}

std::optional<std::vector<Stint>> import_rota(std::string_view text, const std::string& file,
                                              Instant now, const Mapping& mapping,
                                              const Roster& roster, Strangers strangers,
                                              Findings& findings) {
  constexpr std::chrono::days kBack{31};
  constexpr std::chrono::days kAhead{400};
  if (is_calendar(text)) {
    const auto events = document::parse_icalendar(text, file, now - kBack, now + kAhead, findings);
    return import_rota(events, mapping, roster, strangers, findings);
  }
  const auto table = document::parse_csv(text, file, findings);
  if (!table) return std::nullopt;
  return import_rota(*table, mapping, roster, strangers, findings);
}

}  // namespace tocsin::roster
