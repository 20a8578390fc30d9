// The options --mapping and --map of every import of a table.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "document/finding.h"
#include "input/options.h"
#include "roster/people/mapping.h"

namespace tocsin::cli {

class MappingFlags {
 public:
  void describe(Options& app);
  // Faults of the mapping file go to `findings`; a malformed --map is a Fault (usage).
  roster::Mapping read(std::span<const roster::Field> fields, document::Findings& findings) const;

 private:
  std::string file_;
  std::vector<std::string> flags_;
};

}  // namespace tocsin::cli
