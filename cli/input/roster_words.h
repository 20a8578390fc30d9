// The words of a roster against which playbooks are checked: from a CSV file, or from the home.
#pragma once

#include <optional>
#include <string>

#include "document/finding.h"
#include "input/context.h"
#include "input/mapping_flags.h"
#include "playbook/judging/roster_words.h"

namespace tocsin::cli {

// Nothing when the file has faults, which are reported.
std::optional<playbook::RosterWords> words_of_csv(const std::string& file,
                                                  const MappingFlags& mapping,
                                                  document::Findings& findings);

// With the on-call roles of its rota. Unlocks the key.
playbook::RosterWords words_of_home(const Context& context);

}  // namespace tocsin::cli
