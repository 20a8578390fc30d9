// Any text is a table or has a finding. The cells of a table lie within the text and are UTF-8. An
// import of staff or rota from it is complete or refused.
#include "document/csv.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/text.h"
#include "roster/people/import.h"
#include "roster/reading/grid_reader.h"
#include "roster/reading/table_reader.h"
#include "roster/rota/change.h"

namespace {

using namespace tocsin;

void look_through(const document::Table& table, int lines) {
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (std::size_t column = 0; column < table.columns(); ++column) {
      const document::Cell cell = table.cell(row, column);
      TOCSIN_ASSERT(base::is_utf8(cell.text) && (cell.sound || cell.text.empty()));
      TOCSIN_ASSERT(cell.line >= 1 && cell.line <= lines && cell.column >= 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = base::text_of({data, size});
  document::Findings findings;
  const auto table = document::parse_csv(text, "fuzz", findings);
  TOCSIN_ASSERT(table || findings.has_errors());
  if (!table) return 0;
  const auto is_line_end = [](char c) { return c == '\n' || c == '\r'; };
  look_through(*table, 2 + static_cast<int>(std::count_if(text.begin(), text.end(), is_line_end)));

  document::Findings of_people = findings;
  auto people = roster::import_people(*table, roster::Mapping{}, of_people);
  TOCSIN_ASSERT(people.has_value() != of_people.has_errors());
  if (!people) {
    roster::Responder known;
    known.id = roster::PersonId{"1"};
    people.emplace({std::move(known)});
  }
  const roster::Roster roster{1, {}, *std::move(people)};
  const auto back = roster::decode_roster(roster::encode(roster));
  TOCSIN_ASSERT(back && *back == roster);

  const roster::Mapping mapping;
  const roster::Meanings meanings;
  roster::ReadRota read;
  const roster::Terms terms{roster, mapping, meanings, roster::Strangers::skip};
  if (roster::is_grid(*table))
    roster::read_grid(*table, terms, read);
  else
    roster::read_table(*table, terms, read);
  const roster::Rota rota = roster::with_plan({}, std::move(read.draft), roster::Plan::replaced);
  const auto rota_back = roster::decode_rota(roster::encode(rota));
  TOCSIN_ASSERT(rota_back && *rota_back == rota);
  return 0;
}
