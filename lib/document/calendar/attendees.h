// Who takes part in an event, by its ATTENDEE properties (RFC 5545, 3.8.4.1).
#pragma once

#include <libical/ical.h>

#include <vector>

#include "document/calendar/event.h"

namespace tocsin::document {

struct Attendance {
  std::vector<Attendee> coming;  // accepted, tentative, or not answered yet
  int tentative = 0;
  int declined = 0;  // or delegated
};

// Whoever declined or delegated is left out; so is who only listens (NON-PARTICIPANT), a room and a
// resource. A delegate comes, whether the list names them or only DELEGATED-TO does.
Attendance attendance_of(icalcomponent* component);

}  // namespace tocsin::document
