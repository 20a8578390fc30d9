// Whether a text may be about a patient: numbers and dates as in playbook/screen.h, and words that
// are written of patients. A screen finds slips, not intent.
#pragma once

#include <string_view>

#include "base/instant.h"

namespace tocsin::incident {

// Of a text that is plainly spelled (spelling.h). A date of this year or the next is no birth date
// unless it is called one: people write until when they are away.
bool is_clinical(std::string_view plain, base::Instant now);

}  // namespace tocsin::incident
