// A DATE or a DATE-TIME as a calendar writes it (RFC 5545, 3.3.4 and 3.3.5).
#pragma once

#include <cstdint>

#include "base/instant.h"
#include "base/zone.h"

namespace tocsin::document {

struct Moment {
  enum class Form : std::uint8_t {
    date,      // a day, from midnight
    floating,  // a time without a zone
    zoned,     // a time in a named zone
    utc,
  };
  Form form = Form::zoned;
  base::WallTime wall{};  // midnight of a date
  // Of a date and a floating time, the zone that the file means. Lives as long as the reader.
  const base::Zone* zone = nullptr;

  bool is_date() const { return form == Form::date; }
  base::Instant instant() const { return zone->instant_of(wall); }
};

inline base::WallTime day_of(base::WallTime wall) {
  return std::chrono::floor<std::chrono::days>(wall);
}

}  // namespace tocsin::document
