#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/random.h"
#include "roster/people/roster.h"
#include "unit/roster/people/somebody.h"

namespace tocsin::roster {
namespace {

Roster roster_of(std::size_t people) {
  std::vector<Responder> all;
  for (std::size_t i = 0; i < people; ++i) all.push_back(somebody("E" + std::to_string(100 + i)));
  return Roster{7, *base::from_rfc3339("2026-11-22T22:40:00Z"), std::move(all)};
}

TEST(RosterBytes, ComesBackFromItsBytes) {
  const Roster roster = roster_of(20);
  const auto back = decode_roster(encode(roster));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, roster);
  EXPECT_EQ(digest(*back), digest(roster));
  EXPECT_EQ(decode_roster(encode(Roster{})), Roster{});
}

TEST(RosterBytes, DamagedBytesAreRefusedOrReadButNeverCrash) {
  const base::Bytes good = encode(roster_of(3));
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(decode_roster(base::ByteView{good}.first(size))) << size;
  base::Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(decode_roster(longer));
  for (std::size_t i = 0; i < good.size() * 8; ++i) {
    base::Bytes bad = good;
    bad[i / 8] = static_cast<std::uint8_t>(bad[i / 8] ^ (1U << i % 8));
    const auto read = decode_roster(bad);
    EXPECT_LE(read ? read->size() : 0, 3u);
  }
}

TEST(RosterBytes, AHostileCountAsksForNoMemory) {
  base::ByteWriter out;
  out.u8(1);
  out.u64(1);
  out.i64(0);
  out.varint(0);
  out.varint(std::uint64_t{1} << 62);
  EXPECT_FALSE(decode_roster(out.bytes()));
}

TEST(RosterBytes, EveryFieldOfEveryKindComesBack) {
  base::SeededRandom random{23};
  const auto word = [&] { return std::string(random.below(4), "abé "[random.below(2)]); };
  for (int round = 0; round < 200; ++round) {
    std::vector<Responder> people;
    for (std::uint64_t n = random.below(6); n > 0; --n) {
      Responder one = somebody("E" + std::to_string(n));
      one.name = word();
      one.role = RoleId{word()};
      one.ward = WardId{word()};
      one.language = word();
      one.travel = base::Minutes{random.below(100 * 24 * 60 + 1)};
      one.employment = random.chance(0.5) ? Employment::active : Employment::inactive;
      if (random.chance(0.3)) one.skills.clear();
      for (ContactPoint& contact : one.contacts) {
        contact.working = random.chance(0.5);
        if (random.chance(0.5)) contact.withdrawn = Date{std::chrono::days{random.below(60'000)}};
        if (random.chance(0.5)) contact.linked = base::Instant{std::chrono::hours{random.below(9)}};
        contact.consented.reset();
        if (random.chance(0.5)) contact.consented = Date{std::chrono::days{random.below(60'000)}};
        contact.tested.reset();
        if (random.chance(0.5)) contact.tested = base::Instant{base::Milliseconds{random.below(9)}};
      }
      people.push_back(std::move(one));
    }
    const Roster roster{random.next(), base::Instant{base::Milliseconds{random.below(1'000)}},
                        people};
    ASSERT_EQ(decode_roster(encode(roster)), roster);
  }
}

TEST(RosterBytes, APersonOrASkillOutOfOrderIsRefused) {
  const base::Bytes bytes = encode(Roster{1, {}, {somebody("E1"), somebody("E2")}});
  // People and skills are found by binary search, which would miss them.
  const auto swapped = [&](std::string_view a, std::string_view b) {
    std::string text{base::text_of(bytes)};
    const auto first = text.find(a);
    const auto second = text.find(b);
    EXPECT_NE(first, std::string::npos);
    EXPECT_NE(second, std::string::npos);
    text.replace(first, a.size(), b);
    text.replace(second, b.size(), a);
    return decode_roster(base::bytes_of(text));
  };
  EXPECT_FALSE(swapped("E1", "E2"));
  EXPECT_FALSE(swapped("airway", "trauma"));  // of equal length, in the table of words
  std::string twice{base::text_of(bytes)};
  twice[twice.find("E2") + 1] = '1';
  EXPECT_FALSE(decode_roster(base::bytes_of(twice)));
}

}  // namespace
}  // namespace tocsin::roster
