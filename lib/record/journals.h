// Lists the incidents of a home, damaged ones included, and finds the one that somebody names. A
// sealed list of labels makes this fast; for an incident that is not in it, the first event of the
// journal is read. verify.h says whether a journal can be trusted.
#pragma once

#include <filesystem>
#include <functional>
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
  base::Instant declared;  // 1970 when its first event cannot be read
  bool closed = false;     // ended, and everybody has been told
  // False when the journal is gone or its first event cannot be read. Not checked for closed ones.
  bool readable = true;
  std::string trouble{};  // why it cannot be read
  // Whether it ever was an incident here: the list names it, or its head was remembered. A file
  // that a killed process or somebody else left was none.
  bool was_declared = true;
};

using Note = std::function<void(const std::string& words)>;

// The latest first. No file about one incident keeps the others from being listed. `note` is told
// when the list of labels is lost; then nobody knows which incidents are closed.
std::vector<Listed> incidents(const home::Home& home, const home::Unlocked& keys,
                              const Note& note = {});
// Adds the incident to the list, or replaces its entry.
void remember_incident(const home::Home& home, const home::Unlocked& keys, const Listed& incident,
                       base::Random& random);

// `wanted` is a label or an id, or the beginning of one; empty means the latest incident. Faults
// (usage) when it fits none or several.
Listed find_incident(const home::Home& home, const home::Unlocked& keys, std::string_view wanted);

}  // namespace tocsin::record
