#include "seal/secret.h"

#include "seal/sodium.h"

namespace tocsin::seal {

void wipe(std::span<std::uint8_t> bytes) noexcept { sodium_memzero(bytes.data(), bytes.size()); }

bool equal_in_constant_time(base::ByteView a, base::ByteView b) noexcept {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tocsin::seal
