// The times in an answer: how they are said, and which instant they are. A time that could be two
// is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/instant.h"
#include "base/zone.h"
#include "incident/answer/vocabulary.h"

namespace tocsin::incident {

// A phrase, a number in digits or a mark of a clause.
struct Item {
  Meaning meaning = Meaning::unknown;
  int value = 0;
  std::string digits;      // of a number in digits
  char mark = '\0';        // of a mark
  bool is_joined = false;  // nothing stands between it and the item before
};

struct SaidTime {
  enum class Kind : std::uint8_t { bare, duration, clock };
  Kind kind = Kind::bare;
  int minutes = 0;  // of a duration; a bare number
  int hour = 0;
  int minute = 0;
  bool is_sure = false;        // a clock time that cannot be twelve hours off
  bool is_digital = false;     // 1:15, and not "quarter past one"
  bool is_vague = false;       // a range, "at least"
  bool is_past = false;        // ago
  std::optional<int> weekday;  // 0 is Sunday
  bool is_tomorrow = false;
  Meaning role = Meaning::filler;  // in, eta, at, by, from, after, not_before, until, lasting
};

// Reads a time with what stands before and after it ("there by about 7 tomorrow"). Returns how many
// items it takes, 0 when none begins here.
std::size_t read_time(std::span<const Item> items, SaidTime& time);

// Whether it is a time of day of the last hours.
bool was_shortly_before(const SaidTime& time, base::Instant now, const base::Zone& zone);

// Whether it says from when somebody can come, and not when they arrive.
bool is_start(const SaidTime& time) noexcept;

// When it is, for an answer at `now`: of somebody who comes at that time, or who comes `later`.
// Nullopt when that is not certain.
std::optional<base::Instant> instant_of(const SaidTime& time, bool later, base::Instant now,
                                        const base::Zone& zone);

}  // namespace tocsin::incident
