// Names of people, compared: which are so alike that someone could call the wrong one (design §4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "roster/people/roster.h"

namespace tocsin::roster {

// Words of a name without titles, case and accents, in the order spoken: "Bell, Dr Ana" is ana,
// bell.
std::vector<std::string> name_words(std::string_view name);
// Those words as one: "ana bell".
std::string name_key(std::string_view name);

enum class Likeness : std::uint8_t {
  same,      // Ana Bell, ANA BELL
  swapped,   // Ana Bell, Bell Ana
  spelling,  // Ana Bell, Anna Bell: one letter added, dropped, changed or swapped with its
             // neighbour
  initials,  // A. Bell, Ana Bell: an initial in one where the other has the name
};
std::string_view to_text(Likeness likeness) noexcept;  // "the same name"

struct LookAlike {
  std::size_t first = 0;  // indices into the roster, first < second
  std::size_t second = 0;
  Likeness likeness = Likeness::same;
  friend bool operator==(const LookAlike&, const LookAlike&) = default;
};

// Pairs of active responders, each once under the closest likeness that fits; sorted by likeness,
// then by place in the roster. Near linear in the number of people.
std::vector<LookAlike> look_alikes(const Roster& roster);

}  // namespace tocsin::roster
