// The incidents of a home, and which of them somebody means, however damaged they are. A sealed
// list of labels is a short cut; what it lacks is found in the first event of each journal. Whether
// a journal can be trusted is for verify.h.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "home/home.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::record {

struct Listed {
  seal::MessageId id;
  std::filesystem::path path;
  std::string label;       // "MI-20261122-2240"; empty when its first event cannot be read
  base::Instant declared;  // the beginning of time, then
  bool closed = false;     // ended, and everybody has been told
  // False: the journal is gone, or its first event cannot be read. Not looked at once closed.
  bool readable = true;
};

// The latest first.
std::vector<Listed> incidents(const home::Home& home, const home::Unlocked& keys);
// Adds it to the list, or replaces what was known of it.
void remember_incident(const home::Home& home, const home::Unlocked& keys, const Listed& incident,
                       base::Random& random);

// `wanted` is a label, an id, or the beginning of one that fits no other; empty means the latest.
// Faults (usage) when none or several fit.
Listed find_incident(const home::Home& home, const home::Unlocked& keys, std::string_view wanted);

}  // namespace tocsin::record
