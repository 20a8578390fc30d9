// What the readers of tables share: whom a row is of, and what its other cells say against its
// duty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/csv.h"
#include "roster/people/mapping.h"
#include "roster/reading/stint_reader.h"

namespace tocsin::roster {

class RowReader : protected StintReader {
 protected:
  // `unit` is what holds a stint: "row" or "cell".
  RowReader(const document::Table& table, const Terms& terms, std::string_view unit, ReadRota& into)
      : StintReader(terms, unit, into), table_(table) {}

  // The columns that were read, and with them those that were not. Call it once, before the rows.
  // `has_duty` is whether the table says a duty anywhere.
  void look_beside(const Columns& columns, bool has_duty);
  // The columns that were not read, and the role's and the ward's.
  const std::vector<std::size_t>& beside() const { return beside_; }
  const std::vector<std::size_t>& reasons() const { return reasons_; }

  std::string where(std::size_t row, std::size_t column) const;
  // Whom a cell names, by id or full name. Nobody after a fault, which is reported.
  const Responder* person_of(std::size_t row, std::size_t column);
  // The duty in a cell. An absence of half a day without times is not understood: "AL (AM)".
  std::optional<DutyText> duty_of_row(std::string_view text, const document::Place& place,
                                      const PersonId& person, bool has_times);
  // The duty, unless another column says that it does not count, or that the person is away: nobody
  // is on duty by the rest of such a row. `is_of_days` is an absence of which no times are known.
  std::optional<DutyText> uncontradicted(std::size_t row, std::optional<DutyText> duty,
                                         const PersonId& person, bool is_of_days);

  const document::Table& table_;

 private:
  bool is_the_only_one(std::size_t row, std::size_t column, const Responder& person);
  bool contradicts(std::size_t column, std::string_view cell, Duty duty, bool is_of_days);
  bool may_be_on_call(std::size_t column, const std::string& cell) const;
  bool is_contrary(std::size_t column, const std::string& cell, Duty duty, bool is_of_days);

  bool has_duty_ = true;
  std::vector<std::size_t> names_;  // unread columns of the person
  std::vector<std::size_t> beside_;
  std::size_t unread_ = 0;                          // of `beside_`, the first
  std::vector<std::size_t> duties_;                 // unread columns of the duty
  std::vector<std::size_t> reasons_;                // unread columns that say why
  std::unordered_map<std::string, bool> contrary_;  // cells repeat
};

// Whether a heading is one of those that the rota's field has.
bool is_usual_heading(std::string_view field, std::string_view heading);

}  // namespace tocsin::roster
