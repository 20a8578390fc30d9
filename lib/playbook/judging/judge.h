// Reports everything that is wrong with a playbook in one run: what the format forbids, and what is
// well formed but would fail in an incident. A check may become stricter at any time, because a
// playbook that was declared is only read again (reading/read.h), never judged again.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "document/finding.h"
#include "playbook/judging/roster_words.h"
#include "playbook/playbook.h"
#include "playbook/reading/read.h"

namespace tocsin::playbook {

// Adds the faults of the text itself, then all others, to `findings`. An error means that the
// playbook is not sound; warnings do not matter. With `roster`, skills and staff groups that nobody
// has are errors, and roles for which the rota never has anybody. With `channels`, those of a home,
// others in the playbook are warnings.
void judge(const Reading& reading, document::Findings& findings,
           const RosterWords* roster = nullptr, const std::vector<ChannelId>* channels = nullptr);

// Reads and judges. Returns nothing when there is an error.
std::optional<Playbook> read_sound_playbook(std::string_view text, std::string_view file,
                                            document::Findings& findings,
                                            const RosterWords* roster = nullptr);

}  // namespace tocsin::playbook
