// Any text gives findings, or events within the window that end after they begin, at most the
// limit. Nobody is on a rota who is not on the roster.
#include "document/calendar/icalendar.h"

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/fault.h"
#include "roster/reading/event_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  const base::Instant from = *base::from_rfc3339("2026-01-01T00:00:00Z");
  const base::Instant until = *base::from_rfc3339("2027-01-01T00:00:00Z");
  document::CalendarLimits limits;
  limits.events = 1000;
  limits.days = 200'000;
  document::Findings findings;
  const auto events =
      document::parse_icalendar(base::text_of({data, size}), "fuzz", from, until, findings, limits);
  TOCSIN_ASSERT(events.size() <= limits.events);
  for (const document::Event& event : events)
    TOCSIN_ASSERT(event.from < event.until && event.from < until && event.until > from);
  const roster::Roster nobody;
  const roster::Mapping mapping;
  const roster::Meanings meanings;
  roster::ReadRota read;
  roster::read_events({events, {}}, {nobody, mapping, meanings, roster::Strangers::skip}, read);
  TOCSIN_ASSERT(read.draft.stints.empty());
  return 0;
}
