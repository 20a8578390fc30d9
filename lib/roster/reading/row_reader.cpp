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

void RowReader::look_beside(const Columns& columns) {
  beside_ = columns.unread(table_);
  for (const std::size_t column : beside_) {
    if (is_usual_heading("person", table_.header(column).text)) names_.push_back(column);
    if (is_usual_heading("duty", table_.header(column).text)) duties_.push_back(column);
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

bool RowReader::contradicts(std::string_view heading, std::string_view cell, Duty duty,
                            bool is_of_days) {
  if (cell.empty()) return false;
  if (marks_void(heading, cell)) return true;
  if (duty == Duty::absent) return is_of_days && marks_half_day(heading, cell);
  return marks_away(heading, cell) || marks_given(heading, cell) ||
         says_away(std::string{cell}, is_of_notes(heading)) ||
         (duty == Duty::on_duty && marks_on_call(heading, cell));
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
  for (const std::size_t column : beside_) {
    const Cell cell = table_.cell(row, column);
    const std::string_view heading = table_.header(column).text;
    // Of two columns for the duty one was taken: "LD", beside "On call".
    const bool is_rival = duty->duty == Duty::on_duty &&
                          std::find(duties_.begin(), duties_.end(), column) != duties_.end() &&
                          words().says_on_call(cell.text);
    if (!is_rival && !contradicts(heading, cell.text, duty->duty, is_of_days)) continue;
    const std::string whole = fmt::format("{}: {}", base::trim(heading), cell.text);
    const Meaning* said = said_of(whole);
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
