#include "base/random.h"

#include <bit>
#include <cmath>
#include <numbers>

namespace tocsin::base {

namespace {

std::uint64_t splitmix(std::uint64_t& state) noexcept {
  state += 0x9e3779b97f4a7c15;
  std::uint64_t z = state;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

}  // namespace

SeededRandom::SeededRandom(std::uint64_t seed) noexcept : state_{} {
  for (std::uint64_t& word : state_) word = splitmix(seed);
}

std::uint64_t SeededRandom::next() noexcept {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double SeededRandom::uniform() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

std::uint64_t SeededRandom::below(std::uint64_t bound) noexcept {
  // Values below 2^64 mod bound would make low results more likely, so they are drawn again.
  const std::uint64_t unfair = (0 - bound) % bound;
  for (;;) {
    const std::uint64_t drawn = next();
    if (drawn >= unfair) return drawn % bound;
  }
}

bool SeededRandom::chance(double probability) noexcept { return uniform() < probability; }

double SeededRandom::normal() noexcept {
  // Box and Muller. Their second value is not used, so that every draw takes two words.
  const double u = 1.0 - uniform();
  const double v = uniform();
  return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
}

double SeededRandom::log_normal(double mu, double sigma) noexcept {
  return std::exp(mu + sigma * normal());
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i % 8 == 0) word = next();
    out[i] = static_cast<std::uint8_t>(word >> 8 * (i % 8));
  }
}

SeededRandom SeededRandom::fork(std::uint64_t purpose) const noexcept {
  std::uint64_t mix = state_[0] ^ std::rotl(state_[2], 29) ^ purpose * 0x9e3779b97f4a7c15;
  return SeededRandom{splitmix(mix)};
}

}  // namespace tocsin::base
