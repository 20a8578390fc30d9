#include "incident/state/parts.h"

#include <array>

namespace tocsin::incident {

std::string_view to_text(Status status) noexcept {
  constexpr std::array<std::string_view, 5> kTexts = {"free", "assigned", "reserved", "stood down",
                                                      "released"};
  return kTexts[static_cast<std::size_t>(status)];
}

void Pace::add(base::Instant at) {
  const base::Instant now = std::chrono::floor<base::Minutes>(at);
  if (now != minute) {
    before = now == minute + base::Minutes{1} ? taken : 0;
    taken = 0;
    minute = now;
  }
  ++taken;
}

}  // namespace tocsin::incident
