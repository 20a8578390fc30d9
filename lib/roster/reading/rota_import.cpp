#include "roster/reading/rota_import.h"

#include "base/text.h"
#include "document/calendar/icalendar.h"
#include "document/csv.h"
#include "roster/reading/event_reader.h"
#include "roster/reading/grid_reader.h"

namespace tocsin::roster {

namespace {

bool is_calendar(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return base::to_lower(base::trim(text).substr(0, 15)) == "begin:vcalendar";
}

}  // namespace

void read_rota(std::string_view text, const std::string& file, base::Instant now,
               const Terms& terms, ReadRota& into) {
  constexpr std::chrono::days kBack{31};
  constexpr std::chrono::days kAhead{400};
  ReadRota read;
  if (is_calendar(text))
    read_events(document::read_calendar(text, file, now - kBack, now + kAhead, read.findings, {},
                                        terms.damaged),
                terms, read);
  else if (const auto table = document::parse_csv(text, file, read.findings))
    is_grid(*table) ? read_grid(*table, terms, read) : read_table(*table, terms, read);
  into.add(std::move(read), file);
}

}  // namespace tocsin::roster
