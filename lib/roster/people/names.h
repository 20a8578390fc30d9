// Finds names that are so similar that somebody could call the wrong person.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "roster/people/roster.h"

namespace tocsin::roster {

// The words of a name without titles, case and accents, in spoken order: "Bell, Dr Ana" gives ana,
// bell.
std::vector<std::string> name_words(std::string_view name);
// The same words in one string: "ana bell".
std::string name_key(std::string_view name);

enum class Likeness : std::uint8_t {
  same,      // Ana Bell, ANA BELL
  swapped,   // Ana Bell, Bell Ana
  spelling,  // Ana Bell, Anna Bell: one letter added, dropped, changed or swapped with its
             // neighbour
  initials,  // A. Bell, Ana Bell: one has only the initial
};
std::string_view to_text(Likeness likeness) noexcept;  // "the same name"

struct LookAlike {
  std::size_t first = 0;  // indices into the roster, first < second
  std::size_t second = 0;
  Likeness likeness = Likeness::same;
  friend bool operator==(const LookAlike&, const LookAlike&) = default;
};

// Pairs of active responders, each once, with the closest likeness that fits. Of several with the
// same name each is paired with the next, and only the first with people of other names. Sorted by
// likeness, then by position in the roster. Takes nearly linear time in the number of people.
std::vector<LookAlike> look_alikes(const Roster& roster);

}  // namespace tocsin::roster
