// The largest values that reading accepts, which limit work and memory. They are the largest that
// any check has ever accepted. A limit may grow but must never shrink, because then an old record
// could not be read any more. Stricter limits belong into judging/.
#pragma once

#include <cstddef>

#include "base/instant.h"

namespace tocsin::playbook {

inline constexpr std::size_t kLargestPlaybook = std::size_t{1} << 20;  // bytes of the file
inline constexpr std::size_t kMostShifts = 16;
inline constexpr base::Minutes kHorizon{7 * 24 * 60};  // from the declaration, for a shift's end
inline constexpr int kMostSeats = 500;                 // of one role in one area and shift
inline constexpr std::size_t kMostSteps = 8;           // of one need
inline constexpr std::size_t kLongestNeed = 200;       // characters
inline constexpr std::size_t kLongestText = 1000;      // characters
inline constexpr int kMostWaiting = 10000;             // in a holding area
inline constexpr base::Minutes kLongestWindow{24 * 60};
inline constexpr int kMostReminders = 5;
inline constexpr int kMostPromptsPerHour = 120;
inline constexpr base::Minutes kLongestPromptWindow{60};
inline constexpr base::Minutes kLongestRest{7 * 24 * 60};
inline constexpr double kLeastConfidence = 0.5;
inline constexpr double kMostConfidence = 0.999;
inline constexpr int kMostDays = 36500;  // of keeping a record
inline constexpr int kMostDeviceDays = 365;

}  // namespace tocsin::playbook
