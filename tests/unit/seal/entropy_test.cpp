#include "seal/entropy.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "seal/key.h"

namespace tocsin::seal {
namespace {

TEST(Entropies, FillEveryByteAndNoneBeyond) {
  Entropy entropy;
  for (const std::size_t size : {0U, 1U, 31U, 32U, 100U}) {
    std::vector<bool> changed(size, false);
    for (int draw = 0; draw < 32; ++draw) {  // each byte stays 0 by chance once in 2^256
      std::vector<std::uint8_t> bytes(size + 1, 0);
      entropy.fill(std::span{bytes}.first(size));
      EXPECT_EQ(bytes.back(), 0);
      for (std::size_t i = 0; i < size; ++i) changed[i] = changed[i] || bytes[i] != 0;
    }
    for (std::size_t i = 0; i < size; ++i) EXPECT_TRUE(changed[i]) << i << " of " << size;
  }
}

// Pearson's chi-squared over the 256 values: its mean is 255 and its deviation 22.6. A sound source
// leaves these bounds less than once in 10^9 runs.
TEST(Entropies, FavourNoByte) {
  Entropy entropy;
  constexpr std::size_t kDraws = 256 * 256;
  std::vector<std::uint8_t> bytes(kDraws);
  entropy.fill(bytes);
  std::array<double, 256> counts{};
  for (const std::uint8_t byte : bytes) ++counts[byte];
  double squares = 0;
  for (const double count : counts) squares += (count - 256) * (count - 256) / 256;
  EXPECT_GT(squares, 130);
  EXPECT_LT(squares, 420);
}

TEST(Entropies, MakeNoKeyTwice) {
  Entropy entropy;
  Entropy other;
  EXPECT_NE(Identity::generate(entropy).public_identity(),
            Identity::generate(other).public_identity());
}

TEST(Entropies, GiveNoSeedTwice) { EXPECT_NE(random_seed(), random_seed()); }

}  // namespace
}  // namespace tocsin::seal
