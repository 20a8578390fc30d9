// Reads a playbook and says everything that is wrong with it in one go: what the format forbids,
// and what is well formed but would fail on the night. Does not touch the disk.
#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "document/finding.h"
#include "playbook/playbook.h"

namespace tocsin::playbook {

// What the roster can offer, for checks that need it.
struct RosterWords {
  std::set<SkillId> skills;
  std::set<StaffGroupId> staff_groups;
};

// `file` is what findings call the text. Nothing is returned when there is an error; warnings let
// it pass. With `roster`, skills and staff groups that nobody has are errors.
std::optional<Playbook> load_playbook(std::string_view text, std::string_view file,
                                      document::Findings& findings,
                                      const RosterWords* roster = nullptr);

// The most that a playbook file may measure.
inline constexpr std::size_t kLargestPlaybook = std::size_t{1} << 20;

}  // namespace tocsin::playbook
