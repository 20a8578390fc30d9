// Starts libsodium, which then selects the fastest code for this processor. Nothing else starts it.
// Includes <sodium.h>, so only sources of this folder may include it.
#pragma once

#include <sodium.h>

namespace tocsin::seal {

// Cheap after the first call. Faults when the operating system gives no randomness.
void start_sodium();

}  // namespace tocsin::seal
