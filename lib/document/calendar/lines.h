// The lines of an iCalendar text (RFC 5545, 3.1), unfolded and cut into the components that a rota
// needs. A component that is not whole is marked and does not spoil its neighbours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/finding.h"

namespace tocsin::document {

// What is wrong with a component, and where.
struct Damage {
  int line = 1;
  std::string message;
  std::string hint;
};

struct Component {
  enum class Kind : std::uint8_t { event, zone };
  Kind kind = Kind::event;
  int line = 1;                          // of its BEGIN
  std::size_t calendar = 0;              // in CalendarCut::calendars
  std::string_view text;                 // from BEGIN to END, folded as in the file
  std::shared_ptr<const Damage> damage;  // of the few; a file has 100,000 components
};

struct CalendarHead {
  std::string method;     // METHOD, lower case
  std::string zone_name;  // X-WR-TIMEZONE
};

struct CalendarCut {
  std::vector<CalendarHead> calendars;
  std::vector<Component> components;
};

// Nothing, with an error, when the text is no calendar or is cut off.
std::optional<CalendarCut> cut_calendar(std::string_view text, std::string_view file,
                                        Findings& findings);

// Takes the fold marks out of the whole text, for which characters may be split between two lines.
std::string unfolded(std::string_view text);

// The component as libical reads it: each line whole, and only properties that a rota needs, so
// that nothing else in it can be a fault. Says what is damaged.
std::string needed_lines(Component& component);

}  // namespace tocsin::document
