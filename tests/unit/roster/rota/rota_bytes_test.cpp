#include <gtest/gtest.h>

#include "base/random.h"
#include "roster/rota/rota.h"
#include "unit/roster/rota/stint.h"

namespace tocsin::roster {
namespace {

TEST(RotaBytes, DamagedOnesAreRefusedOrAreASoundRota) {
  const Rota rota{3,
                  {stint("a", Duty::on_duty, 8, 20, "nurse"), stint("b", Duty::on_call, 1, 2)},
                  {{1, stint("a", Duty::off, 10, 12), "swap", kSunday}}};
  const base::Bytes good = encode(rota);
  ASSERT_EQ(decode_rota(good), rota);
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(decode_rota(base::ByteView{good}.first(size)));
  for (std::size_t i = 0; i < good.size() * 8; ++i) {
    base::Bytes bad = good;
    bad[i / 8] = static_cast<std::uint8_t>(bad[i / 8] ^ (1U << i % 8));
    const auto read = decode_rota(bad);
    if (!read) continue;
    for (const Stint& one : read->stints()) EXPECT_LT(one.from, one.until);
    EXPECT_LE(read->planned().size(), 2U);
  }
}

TEST(RotaBytes, AnyRotaComesBack) {
  base::SeededRandom random{5};
  for (int round = 0; round < 300; ++round) {
    std::vector<Stint> planned;
    std::vector<Override> overrides;
    const auto draw = [&] {
      Stint one =
          stint(std::string(1, static_cast<char>('a' + random.below(3))),
                static_cast<Duty>(random.below(4)), 0, 0, std::string(random.below(3), 'r'));
      one.ward = WardId{std::string(random.below(3), 'w')};
      one.from = kSunday + base::Milliseconds{random.below(100'000'000)};
      one.until = one.from + base::Milliseconds{1 + random.below(100'000'000)};
      return one;
    };
    for (std::uint64_t i = random.below(12); i > 0; --i) planned.push_back(draw());
    for (std::uint64_t i = random.below(6); i > 0; --i)
      overrides.push_back({i, draw(), std::string(random.below(9), 'x'),
                           kSunday - base::Milliseconds{random.below(1'000)}});
    const Rota rota{random.next(), planned, overrides};
    ASSERT_EQ(decode_rota(encode(rota)), rota);
  }
}

// Writes a rota of one stint with these values.
base::Bytes one_stint(std::uint64_t people, std::uint8_t duty, std::uint64_t word,
                      std::int64_t from, std::uint64_t length) {
  base::ByteWriter out;
  out.u8(1);
  out.u64(1);
  out.varint(1);
  out.text("");
  out.varint(people);
  out.text("a");
  out.u8(duty);
  out.varint(word);
  out.varint(0);
  out.i64(from);
  out.varint(length);
  out.varint(0);
  out.varint(0);
  return out.take();
}

TEST(RotaBytes, WhatNoRotaCanHoldIsRefused) {
  constexpr std::int64_t kYear10000 = 253'402'300'800'000;
  constexpr std::uint64_t kHuge = std::uint64_t{1} << 62;
  ASSERT_TRUE(decode_rota(one_stint(1, 1, 0, 0, 1)));
  ASSERT_TRUE(decode_rota(one_stint(1, 3, 0, kYear10000, 1)));
  EXPECT_FALSE(decode_rota(one_stint(1, 4, 0, 0, 1)));               // no such duty
  EXPECT_FALSE(decode_rota(one_stint(1, 1, 1, 0, 1)));               // no such word
  EXPECT_FALSE(decode_rota(one_stint(1, 1, 0, -1, 1)));              // before 1970
  EXPECT_FALSE(decode_rota(one_stint(1, 1, 0, kYear10000 + 1, 1)));  // a sum would overflow
  EXPECT_FALSE(decode_rota(one_stint(1, 1, 0, 0, 0)));               // ends when it begins
  EXPECT_FALSE(decode_rota(one_stint(1, 1, 0, 0, kHuge)));
  EXPECT_FALSE(decode_rota(one_stint(kHuge, 1, 0, 0, 1)));
}

}  // namespace
}  // namespace tocsin::roster
