#include "seal/sodium.h"

#include "base/fault.h"

namespace tocsin::seal {

void start_sodium() {
  static const int started = sodium_init();
  if (started < 0)
    throw base::Fault(base::Exit::fault, "the operating system gives no randomness",
                      "check that /dev/urandom can be read");
}

}  // namespace tocsin::seal
