// How people are called in a drill: measured, as Tocsin does, or broadcast, the uncoordinated call
// that it is compared with.
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::drill {

enum class Policy : std::uint8_t {
  measured,   // the incident loop asks whom it finds best
  broadcast,  // everybody off duty is asked in the first second, and whoever says yes comes
};

constexpr std::string_view to_text(Policy policy) noexcept {
  return policy == Policy::measured ? "measured" : "broadcast";
}

}  // namespace tocsin::drill
