#include "incident/state/parts.h"

#include <array>

namespace tocsin::incident {

std::string_view to_text(Status status) noexcept {
  constexpr std::array<std::string_view, 5> kTexts = {"free", "assigned", "reserved", "stood down",
                                                      "released"};
  return kTexts[static_cast<std::size_t>(status)];
}

}  // namespace tocsin::incident
