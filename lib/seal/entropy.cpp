#include "seal/entropy.h"

#include <array>
#include <cstring>

#include "seal/sodium.h"

namespace tocsin::seal {

Entropy::Entropy() { start_sodium(); }

void Entropy::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

std::uint64_t random_seed() {
  std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
  Entropy{}.fill(bytes);
  std::uint64_t seed = 0;
  std::memcpy(&seed, bytes.data(), sizeof seed);
  return seed;
}

}  // namespace tocsin::seal
