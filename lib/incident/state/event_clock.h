// The events about a clock that was set (tocsin-run(1), Clocks).
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::incident {

// The clock went back since the event before. Written before the first event that would be earlier
// than the one before it.
struct ClockSetBack {
  static constexpr std::string_view kName = "clock-set-back";
  std::uint64_t milliseconds = 0;  // from the time of the event before to that of this one
  template <class V>
  void fields(V& v) {
    v("milliseconds", milliseconds);
  }
};

// The clock was set, and a process that drives has measured it against the time that has passed.
// One of the two is 0.
struct ClockMeasured {
  static constexpr std::string_view kName = "clock-measured";
  std::uint64_t ahead = 0;   // in ms: by so much more the clock has gone on
  std::uint64_t behind = 0;  // in ms: by so much more it went back than clock-set-back says
  template <class V>
  void fields(V& v) {
    v("ahead", ahead), v("behind", behind);
  }
};

}  // namespace tocsin::incident
