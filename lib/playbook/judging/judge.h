// Says everything that is wrong with a playbook in one go: what the format forbids, and what is
// well formed but would fail on the night. A check may become stricter at any time: nothing that
// was ever declared is judged again, only read (reading/read.h).
#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "document/finding.h"
#include "playbook/playbook.h"
#include "playbook/reading/read.h"

namespace tocsin::playbook {

// What the roster can offer, for checks that need it.
struct RosterWords {
  std::set<SkillId> skills;
  std::set<StaffGroupId> staff_groups;
};

// Adds the faults of the text itself, then all others, to `findings`. An error means that the
// playbook is not sound; warnings let it pass. With `roster`, skills and staff groups that nobody
// has are errors.
void judge(const Reading& reading, document::Findings& findings,
           const RosterWords* roster = nullptr);

// Reads and judges. Nothing is returned when there is an error.
std::optional<Playbook> read_sound_playbook(std::string_view text, std::string_view file,
                                            document::Findings& findings,
                                            const RosterWords* roster = nullptr);

}  // namespace tocsin::playbook
