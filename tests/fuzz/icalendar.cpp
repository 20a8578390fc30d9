// Any text gives findings, or events within the window that end after they begin, at most the
// limit. An import of a rota from it is complete or refused.
#include "document/calendar/icalendar.h"

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/fault.h"
#include "roster/reading/rota_import.h"

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
  const auto stints = roster::import_rota(events, roster::Mapping{}, roster::Roster{},
                                          roster::Strangers::skip, findings);
  TOCSIN_ASSERT(stints.has_value() != findings.has_errors());
  return 0;
}
