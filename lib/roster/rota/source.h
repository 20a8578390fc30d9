// Which version of which calendar's event a planned stint is, so that a later file can replace or
// remove it.
#pragma once

#include <string>
#include <tuple>

#include "base/instant.h"

namespace tocsin::roster {

struct Source {
  std::string uid;           // empty: it came from a table
  bool single = false;       // written by itself for one repetition; false: by its series
  base::Instant original{};  // when it was to begin before it was moved
  int sequence = 0;          // the higher one counts, then the later stamp
  base::Instant stamp{};

  auto version() const { return std::tie(sequence, stamp); }
  friend bool operator==(const Source&, const Source&) = default;
};

}  // namespace tocsin::roster
