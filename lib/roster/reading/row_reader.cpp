#include "roster/reading/row_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "roster/people/names.h"
#include "roster/reading/clock_text.h"
#include "roster/reading/duty_tokens.h"
#include "roster/reading/rota_fields.h"
#include "roster/reading/row_marks.h"

namespace tocsin::roster {

namespace {

using document::Cell;

// A name without a word of the person's is another one's: "Peter Pan" beside the id of Ana Bell.
// The name of somebody who married has one of theirs, and an id or a code is no name.
bool is_name_of_another(std::string_view text, const Responder& person) {
  const bool has_digit = text.find_first_of("0123456789@") != std::string_view::npos;
  const std::vector<std::string> words = name_words(text);
  if (has_digit || words.size() < 2) return false;
  const std::vector<std::string> own = name_words(person.name);
  return std::none_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(own.begin(), own.end(), [&](const std::string& theirs) {
      return word == theirs || (word.size() == 1 && theirs.starts_with(word));
    });
  });
}

}  // namespace

bool is_usual_heading(std::string_view field, std::string_view heading) {
  const auto fields = rota_fields();
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& one) { return one.name == field; });
  return found != fields.end() && is_heading_of(*found, heading);
}

void RowReader::look_beside(const Columns& columns, bool has_duty) {
  has_duty_ = has_duty;
  beside_ = columns.unread(table_);
  unread_ = beside_.size();
  for (const std::size_t column : beside_) {
    if (is_usual_heading("person", table_.header(column).text)) names_.push_back(column);
    if (is_usual_heading("duty", table_.header(column).text)) duties_.push_back(column);
    if (is_of_reason(table_.header(column).text)) reasons_.push_back(column);
  }
  for (const std::string_view field : {"role", "ward"})
    if (const auto column = columns.first(field)) beside_.push_back(*column);
}

std::string RowReader::where(std::size_t row, std::size_t column) const {
  return fmt::format("row {}, column {}: ", table_.row_number(row),
                     quoted(table_.header(column).text));
}

const Responder* RowReader::person_of(std::size_t row, std::size_t column) {
  const Cell cell = table_.cell(row, column);
  if (has_mark_of_doubt(cell.text)) {
    findings_.error(table_.place(cell),
                    fmt::format("{}{} is in doubt", where(row, column), quoted(cell.text)),
                    "write who it is, or leave the row out");
    return nullptr;
  }
  const Responder* person = people_.by_id(cell.text);
  if (person == nullptr) person = people_.by_name(cell.text);
  if (person == nullptr) {
    note_stranger(table_.place(cell), cell.text,
                  fmt::format("{}{} is not on the roster", where(row, column), quoted(cell.text)),
                  "import the staff first, or leave strangers out with --skip-unknown");
    return nullptr;
  }
  return is_the_only_one(row, column, *person) ? person : nullptr;
}

// An id beside another person's name: one of the two is wrong.
bool RowReader::is_the_only_one(std::size_t row, std::size_t column, const Responder& person) {
  for (const std::size_t other : names_) {
    const Cell cell = table_.cell(row, other);
    const Responder* named = people_.by_id(cell.text);
    if (named == nullptr) named = people_.by_name(cell.text);
    if (named == &person) continue;
    if (named == nullptr && !is_name_of_another(cell.text, person)) continue;
    findings_.error(table_.place(cell),
                    fmt::format("{}{} is another person, and {} says {}", where(row, column),
                                quoted(table_.cell(row, column).text),
                                quoted(table_.header(other).text), quoted(cell.text)),
                    "one of the two is wrong");
    return false;
  }
  return true;
}

bool RowReader::contradicts(std::size_t column, std::string_view cell, Duty duty, bool is_of_days) {
  if (cell.empty()) return false;
  constexpr std::size_t kMost = 20'000;
  std::string key = fmt::format("{} {} {} ", column, static_cast<int>(duty), is_of_days);
  key += cell;
  if (const auto known = contrary_.find(key); known != contrary_.end()) return known->second;
  const bool is = is_contrary(column, std::string{cell}, duty, is_of_days);
  if (contrary_.size() < kMost) contrary_.emplace(std::move(key), is);
  return is;
}

// Of a table that says no duty, a column that is not read may say it: a subject "On call".
bool RowReader::may_be_on_call(std::size_t column, const std::string& cell) const {
  const auto end = beside_.begin() + static_cast<std::ptrdiff_t>(unread_);
  return !has_duty_ && std::find(beside_.begin(), end, column) != end && words().says_on_call(cell);
}

bool RowReader::is_contrary(std::size_t column, const std::string& cell, Duty duty,
                            bool is_of_days) {
  const std::string_view heading = table_.header(column).text;
  if (marks_void(heading, cell)) return true;
  if (duty == Duty::absent) return is_of_days && marks_half_day(heading, cell);
  return marks_away(heading, cell) || marks_given(heading, cell) ||
         says_away(cell, is_of_notes(heading)) ||
         (duty == Duty::on_duty && (marks_on_call(heading, cell) || may_be_on_call(column, cell)));
}

std::optional<DutyText> RowReader::duty_of_row(std::string_view text, const document::Place& place,
                                               const PersonId& person, bool has_times) {
  auto duty = duty_of(text, {}, place, person);
  const bool is_of_days = duty && duty->duty == Duty::absent && !duty->from && !has_times;
  if (!is_of_days || said_of(text) != nullptr || !words().is_of_half_day(text)) return duty;
  if (!times_in(text).from.empty()) return duty;
  note_unknown(text, place, person);
  return std::nullopt;
}

std::optional<DutyText> RowReader::uncontradicted(std::size_t row, std::optional<DutyText> duty,
                                                  const PersonId& person, bool is_of_days) {
  if (!duty || duty->duty == Duty::off) return duty;
  const auto is_in = [](const std::vector<std::size_t>& columns, std::size_t column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  for (const std::size_t column : beside_) {
    const Cell cell = table_.cell(row, column);
    // Of two columns for the duty one was taken: "LD", beside "On call".
    const bool is_rival =
        duty->duty == Duty::on_duty && is_in(duties_, column) && words().says_on_call(cell.text);
    const bool is_against = is_rival || contradicts(column, cell.text, duty->duty, is_of_days);
    if (!is_against && !is_in(reasons_, column)) continue;
    const std::string whole =
        fmt::format("{}: {}", base::trim(table_.header(column).text), cell.text);
    const Meaning* said = said_of(whole);
    if (said == nullptr && !is_against) continue;
    if (said == nullptr) {
      note_unknown(whole, table_.place(cell), person);
      return std::nullopt;
    }
    if (said->duty != Duty::on_duty)
      return DutyText{said->duty, duty->rest, said->from, said->until};
  }
  return duty;
}

}  // namespace tocsin::roster
