// How people are called in a drill: measured, as Tocsin does, or broadcast, the uncoordinated call
// to compare with.
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::drill {

enum class Policy : std::uint8_t {
  measured,   // the incident loop decides whom to ask
  broadcast,  // everybody off duty is asked in the first second, and all who say yes come
};

constexpr std::string_view to_text(Policy policy) noexcept {
  return policy == Policy::measured ? "measured" : "broadcast";
}

}  // namespace tocsin::drill
