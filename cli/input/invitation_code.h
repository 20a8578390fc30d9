// Reads the code of an invitation, which a person was given by their organisation.
#pragma once

#include <string>

#include "base/instant.h"
#include "roster/membership/enrolment.h"

namespace tocsin::cli {

// "-" is standard input. Faults (untrusted) when it is no code, or has expired.
roster::Invitation read_invitation(const std::string& code, base::Instant now);

}  // namespace tocsin::cli
