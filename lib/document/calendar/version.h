// One VEVENT as its file has it: an event, a series, or a change of one repetition. Which versions
// count, and when their repetitions are, is decided in series.h.
#pragma once

#include <libical/ical.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "document/calendar/event.h"
#include "document/calendar/lines.h"
#include "document/calendar/moment.h"
#include "document/calendar/notes.h"
#include "document/calendar/rule.h"
#include "document/calendar/zones.h"

namespace tocsin::document {

// Days are nominal and end at the same time of day whatever the clocks do; what DURATION gives in
// hours is exact (RFC 5545, 3.3.6). What lies between DTSTART and DTEND is nominal.
struct Length {
  base::Milliseconds nominal{};
  base::Milliseconds exact{};
  const base::Zone* zone = nullptr;  // of the end

  base::Instant end_of(base::WallTime start) const {
    return zone->instant_of(start + nominal) + exact;
  }
};

// A repetition of its own (RDATE), perhaps with a length of its own (PERIOD).
struct Extra {
  Moment start;
  std::optional<Length> length;
};

struct Version {
  Event event;  // words, UID and version; no times yet
  bool has_sequence = false;
  bool cancelled = false;
  Moment start;
  Length length;
  std::vector<Rule> rules;
  std::vector<Extra> extras;
  std::vector<Moment> exceptions;  // EXDATE
  std::optional<Moment> changes;   // RECURRENCE-ID
  bool and_later = false;          // RANGE=THISANDFUTURE

  bool is_series() const { return !rules.empty() || !extras.empty(); }
};

class VersionReader {
 public:
  VersionReader(Zones& zones, Notes& notes) : zones_(zones), notes_(notes) {}

  // Reads the lines of a component (lines.h). Nothing when it is damaged, with the reason in
  // `damage`, or when it has no length, with a note.
  std::optional<Version> read(const std::string& lines, const CalendarHead& head,
                              const Place& place, std::optional<Damage>& damage);

 private:
  std::nullopt_t fail(std::string message, std::string hint = {});
  const base::Zone* floating_zone();
  std::optional<Moment> read_moment(icalproperty* property, icaltimetype time);
  bool read_times(icalcomponent* component, Version& version);
  bool read_length(icalcomponent* component, Version& version);
  std::optional<Length> length_until(const Moment& start, const Moment& end);
  std::optional<Length> length_of(const Moment& start, const icaldurationtype& duration);
  bool read_rules(icalcomponent* component, Version& version);
  bool read_extras(icalcomponent* component, Version& version);
  void read_words(icalcomponent* component, Version& version) const;

  Zones& zones_;
  Notes& notes_;
  const CalendarHead* head_ = nullptr;
  Place place_;
  std::optional<Damage>* damage_ = nullptr;
};

}  // namespace tocsin::document
