// Prints what the reader makes of a calendar: one line for each stint with its first and last
// instant and its words, then what was found. usage: calendar_events FILE FROM UNTIL (RFC 3339)
#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "document/calendar/icalendar.h"

int main(int count, char** arguments) {
  using namespace tocsin;
  if (count != 4) return 2;
  const auto from = base::from_rfc3339(arguments[2]);
  const auto until = base::from_rfc3339(arguments[3]);
  if (!from || !until) return 2;
  document::Findings findings;
  const auto calendar = document::read_calendar(base::read_file(arguments[1], std::size_t{1} << 28),
                                                arguments[1], *from, *until, findings);
  for (const document::Event& event : calendar.events) {
    std::string who;
    for (const document::Attendee& attendee : event.attendees)
      who += " <" + (attendee.email.empty() ? attendee.name : attendee.email) + ">";
    fmt::print("{} {} {} {}{}\n", base::to_rfc3339(event.from), base::to_rfc3339(event.until),
               event.uid, event.summary, who);
  }
  for (const document::Finding& finding : findings.sorted())
    fmt::print(stderr, "{} ({})\n", to_text(finding), finding.hint);
  return findings.has_errors() ? 3 : 0;
}
