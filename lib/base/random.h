// Where chance comes from. Keys and ids are drawn from the operating system (seal/entropy.h);
// simulations and tests draw from a seed and so repeat exactly, on every machine.
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

// xoshiro256** 1.0 (Blackman and Vigna), seeded by splitmix64. Never for secrets.
// The distributions are ours, because those of <random> differ between standard libraries.
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

  // An independent stream for one purpose, so that adding a draw in one place moves no other.
  SeededRandom fork(std::uint64_t purpose) const noexcept;

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace tocsin::base
