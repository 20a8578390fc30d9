#include "seal/secret.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <utility>

namespace tocsin::seal {
namespace {

using Secret = SecretBytes<4>;

constexpr std::array<std::uint8_t, 4> kBytes{1, 2, 3, 4};

bool holds(const Secret& secret, const std::array<std::uint8_t, 4>& bytes) {
  return std::ranges::equal(secret.view(), bytes);
}

TEST(Secrets, AreGoneOnceMoved) {
  Secret first{kBytes};
  Secret second = std::move(first);
  EXPECT_TRUE(holds(first, {}));
  EXPECT_TRUE(holds(second, kBytes));
  Secret third;
  third = std::move(second);
  EXPECT_TRUE(holds(second, {}));
  EXPECT_TRUE(holds(third, kBytes));
  Secret& itself = third;
  third = std::move(itself);
  EXPECT_TRUE(holds(third, kBytes)) << "moved onto itself";
}

TEST(Secrets, AreWipedAtTheEndOfTheirLife) {
  alignas(Secret) std::array<std::uint8_t, sizeof(Secret)> memory{};
  const auto* secret = new (memory.data()) Secret{kBytes};
  EXPECT_TRUE(std::ranges::equal(memory, kBytes));
  secret->~Secret();
  EXPECT_TRUE(std::ranges::all_of(memory, [](std::uint8_t byte) { return byte == 0; }));
}

TEST(Secrets, ThatAreCopiedStayWhereTheyWere) {
  const Secret first{kBytes};
  EXPECT_TRUE(holds(first.copy(), kBytes));
  EXPECT_TRUE(holds(first, kBytes));
}

TEST(Secrets, AreWipedOnlyWhereAsked) {
  base::Bytes bytes{1, 2, 3, 4};
  wipe(std::span{bytes}.subspan(1, 2));
  EXPECT_EQ(bytes, (base::Bytes{1, 0, 0, 4}));
}

TEST(Secrets, AreEqualByEveryBitAndTheirSize) {
  const base::Bytes one{0x00, 0x80, 0xff};
  EXPECT_TRUE(equal_in_constant_time(one, base::Bytes(one)));
  EXPECT_TRUE(equal_in_constant_time({}, {}));
  EXPECT_FALSE(equal_in_constant_time(one, base::ByteView{one}.first(2)));
  for (std::size_t bit = 0; bit < 8 * one.size(); ++bit) {
    base::Bytes other = one;
    other[bit / 8] = static_cast<std::uint8_t>(other[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(equal_in_constant_time(one, other)) << bit;
  }
}

}  // namespace
}  // namespace tocsin::seal
