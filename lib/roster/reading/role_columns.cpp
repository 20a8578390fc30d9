#include "roster/reading/role_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "roster/reading/rota_fields.h"

namespace tocsin::roster {

namespace {

using document::Table;

// At least half of what stands in it are names of people on the roster.
bool holds_people(const Table& table, std::size_t column, const People& people) {
  constexpr std::size_t kSeenRows = 60;  // rows
  std::size_t cells = 0;
  std::size_t named = 0;
  for (std::size_t row = 0; row < std::min(kSeenRows, table.rows()); ++row) {
    const std::string_view text = base::trim(table.cell(row, column).text);
    if (text.empty()) continue;
    ++cells;
    named += people.by_name(text) != nullptr || people.by_id(text) != nullptr ? 1 : 0;
  }
  return named > 0 && 2 * named >= cells;
}

}  // namespace

bool has_role_columns(const Table& table, const Terms& terms, ReadRota& into) {
  document::Findings unheard;
  const Columns columns{table, terms.mapping, rota_fields(), unheard};
  if (columns.first("person")) return false;
  const People people{terms.roster};
  std::vector<std::string> headings;
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < table.columns(); ++i) {
    if (!holds_people(table, i, people)) continue;
    if (!first) first = i;
    headings.push_back(quoted(table.header(i).text));
  }
  if (headings.size() < 2) return false;
  constexpr std::size_t kShown = 3;
  const std::size_t more = headings.size() - std::min(kShown, headings.size());
  headings.resize(std::min(kShown, headings.size()));
  into.findings.error(
      table.place(table.header(*first)),
      fmt::format("row 1: several columns hold names of people: {}{}", base::join(headings, ", "),
                  more > 0 ? fmt::format(" and {} more", more) : ""),
      "one row for each person and stint, with columns such as Name, Role, Duty, Date, Start and "
      "End");
  return true;
}

}  // namespace tocsin::roster
