// What libical has read, in our types.
#pragma once

#include <libical/ical.h>

#include <memory>
#include <optional>
#include <string>

#include "base/wall_clock.h"

namespace tocsin::document {

struct FreeComponent {
  void operator()(icalcomponent* component) const noexcept { icalcomponent_free(component); }
};
using ParsedComponent = std::unique_ptr<icalcomponent, FreeComponent>;

inline std::string text_of(const char* text) {
  return text == nullptr ? std::string{} : std::string{text};
}

inline icalproperty* first_of(icalcomponent* component, icalproperty_kind kind) {
  return icalcomponent_get_first_property(component, kind);
}

// The date and time as written, whatever their zone; nothing when there is no such time. A time
// zone's times begin in 1601, where Windows begins to count. 24:00 is the end of its day.
inline std::optional<base::WallTime> wall_of(icaltimetype time) {
  if (time.year < 1600 || time.year > 9998 || time.month < 1 || time.day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{time.year} /
                                         std::chrono::month{static_cast<unsigned>(time.month)} /
                                         std::chrono::day{static_cast<unsigned>(time.day)}};
  if (!date.ok()) return std::nullopt;
  base::WallTime wall{std::chrono::local_days{date}};
  if (time.is_date != 0) return wall;
  const bool ends_day = time.hour == 24 && time.minute == 0 && time.second == 0;
  if (time.hour < 0 || (time.hour > 23 && !ends_day) || time.minute < 0 || time.minute > 59 ||
      time.second < 0 || time.second > 60)
    return std::nullopt;
  return wall + std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
         std::chrono::seconds{time.second};
}

}  // namespace tocsin::document
