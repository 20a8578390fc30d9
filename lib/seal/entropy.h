// Random bytes of the operating system, through libsodium, for keys, nonces and ids.
#pragma once

#include <cstdint>

#include "base/random.h"

namespace tocsin::seal {

class Entropy final : public base::Random {
 public:
  Entropy();  // initialises libsodium; faults when that fails
  void fill(std::span<std::uint8_t> out) override;
};

// Seeds a base::SeededRandom, which spreads the requests of several programs over time.
std::uint64_t random_seed();

}  // namespace tocsin::seal
