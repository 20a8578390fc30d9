// Which version of which calendar's event a planned stint is, so that a later file can replace or
// remove it.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "base/instant.h"

namespace tocsin::roster {

struct Source {
  // Who wrote the repetition: its series, a change of all from one on, or a change of it alone.
  enum class By : std::uint8_t { series, single, later };

  std::string uid;  // empty: it came from a table
  By by = By::series;
  base::Instant original{};  // when it was to begin before it was moved
  int sequence = 0;          // the higher one counts, then the later stamp
  base::Instant stamp{};

  auto version() const { return std::tie(sequence, stamp); }
  friend bool operator==(const Source&, const Source&) = default;
};

}  // namespace tocsin::roster
