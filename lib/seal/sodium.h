// The one place that starts libsodium: it picks the implementations that this processor runs best.
// Only sources of this folder may include it, because it brings in <sodium.h>.
#pragma once

#include <sodium.h>

namespace tocsin::seal {

// Cheap after the first call. Faults when the operating system gives no randomness.
void start_sodium();

}  // namespace tocsin::seal
