// Writes events as an iCalendar file (RFC 5545) that any reader of calendars takes, and that
// icalendar.h reads back. Times are in UTC, to the second.
#pragma once

#include <span>
#include <string>

#include "base/instant.h"
#include "document/calendar/icalendar.h"

namespace tocsin::document {

// `written`: when the file is made, which a reader takes for the version of its events. Of an event
// only uid, summary, location, categories, from and until are written.
std::string write_icalendar(std::span<const Event> events, base::Instant written);

}  // namespace tocsin::document
