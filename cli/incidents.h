// Which incidents this home has, by label, without folding every journal: a sealed list that is
// only a short cut. What it lacks is found in the journals, and a journal is always right.
#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "home/home.h"

namespace tocsin::cli {

struct Listed {
  seal::MessageId id;
  std::string label;
  base::Instant declared_at;
  bool closed = false;  // ended, and everybody has been told
};

// In order of declaration.
std::vector<Listed> list_incidents(const home::Home& home, const home::Unlocked& keys);
// Adds it, or replaces what was known of it.
void remember_incident(const home::Home& home, const home::Unlocked& keys, const Listed& incident);

}  // namespace tocsin::cli
