// When somebody may append: while the certificate of theirs is in force, because an event of
// another time could not be verified afterwards.
#pragma once

#include "seal/certificate.h"

namespace tocsin::journal {

// Faults when the author's certificate is not in force at that time.
void check_mandate(const seal::Certificate& author, base::Instant at);

}  // namespace tocsin::journal
