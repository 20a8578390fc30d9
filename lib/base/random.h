// Where random numbers come from. Keys and ids take them from the operating system
// (seal/entropy.h). Simulations and tests take them from a seed, and so repeat on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace tocsin::base {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

// xoshiro256** 1.0 (Blackman and Vigna), seeded by splitmix64. Not secure: never use it for
// secrets. The distributions are written here because those of <random> differ between standard
// libraries.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) noexcept;

  std::uint64_t next() noexcept;
  double uniform() noexcept;                            // [0, 1)
  std::uint64_t below(std::uint64_t bound) noexcept;    // [0, bound), unbiased; bound > 0
  bool chance(double probability) noexcept;             // true with that probability
  double normal() noexcept;                             // mean 0, sd 1
  double log_normal(double mu, double sigma) noexcept;  // exp(mu + sigma · normal)
  void fill(std::span<std::uint8_t> out) override;

  // An independent stream for one purpose. A draw that is added to one stream changes no other.
  SeededRandom fork(std::uint64_t purpose) const noexcept;

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace tocsin::base
