#include "roster/reading/rota_import.h"

#include <fmt/format.h>

#include "base/text.h"
#include "document/calendar/icalendar.h"
#include "document/csv.h"
#include "document/foreign.h"
#include "roster/reading/day_headings.h"
#include "roster/reading/event_reader.h"
#include "roster/reading/grid_reader.h"
#include "roster/reading/role_columns.h"
#include "roster/reading/rota_fields.h"
#include "roster/reading/table_reader.h"

namespace tocsin::roster {

namespace {

bool is_calendar(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return base::to_lower(base::trim(text).substr(0, 15)) == "begin:vcalendar";
}

// A page to sign in, an empty file or UTF-16 is told of as what it should have been.
bool should_be_calendar(std::string_view text, std::string_view file) {
  if (!base::to_lower(file).ends_with(".ics")) return false;
  return base::trim(text).empty() || document::foreign_form(text) ||
         text.find("BEGIN:VCALENDAR") != std::string_view::npos;
}

// A title above one column a day, which would be told of columns that it never had.
bool has_title(const document::Table& table, const Terms& terms, ReadRota& into) {
  document::Findings unheard;
  const Columns columns{table, terms.mapping, rota_fields(), unheard};
  if (columns.are_complete()) return false;
  const auto row = row_of_days(table);
  if (row)
    into.findings.error({table.file(), 1, 1},
                        fmt::format("row 1 is a title: the days are in row {}", *row),
                        "make one row of headings of them, with each day as 22/11/2026");
  return row.has_value();
}

void read_rows(const document::Table& table, const Terms& terms, ReadRota& into) {
  // It would take everybody off the rota.
  if (table.rows() == 0)
    into.findings.error({table.file(), 1, 1}, "headings, and no row below them",
                        "export the rota again; \"tocsin rota override\" takes somebody off it");
  else if (is_grid(table))
    read_grid(table, terms, into);
  else if (!has_title(table, terms, into) && !has_role_columns(table, terms, into))
    read_table(table, terms, into);
}

}  // namespace

void read_rota(std::string_view text, const std::string& file, base::Instant now,
               const Terms& terms, ReadRota& into) {
  constexpr std::chrono::days kBack{31};
  constexpr std::chrono::days kAhead{400};
  ReadRota read;
  if (is_calendar(text) || should_be_calendar(text, file))
    read_events(document::read_calendar(text, file, now - kBack, now + kAhead, read.findings, {},
                                        terms.damaged),
                terms, read);
  else if (const auto table = document::parse_csv(text, file, read.findings))
    read_rows(*table, terms, read);
  into.add(std::move(read), file);
}

}  // namespace tocsin::roster
