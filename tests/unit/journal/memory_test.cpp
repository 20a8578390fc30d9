#include "journal/memory.h"

#include "fixture.h"

namespace tocsin::journal {
namespace {

using Memory = JournalTest;

// The journal of drills must behave like that of real nights.
TEST_F(Memory, BehavesLikeAFile) {
  MemoryJournal memory;
  const auto sqlite = create(okafor_);
  base::SeededRandom dice(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<base::Bytes> some(dice.below(4));
    for (base::Bytes& bytes : some) {
      bytes.resize(dice.below(50));
      dice.fill(bytes);
    }
    const std::uint64_t expected = memory.size() - (memory.size() > 0 && dice.chance(0.2) ? 1 : 0);
    ASSERT_EQ(memory.append(expected, some), sqlite->append(expected, some));
    ASSERT_EQ(memory.size(), sqlite->size());
    const std::uint64_t after = dice.below(memory.size() + 2);
    ASSERT_EQ(texts_after(memory, after), texts_after(*sqlite, after));
  }
}

TEST_F(Memory, HasAHeadThatNamesEverythingBeforeIt) {
  MemoryJournal one;
  MemoryJournal other;
  EXPECT_EQ(one.head(), other.head());
  one.append(0, bodies({"a", "b"}));
  other.append(0, bodies({"a"}));
  EXPECT_NE(one.head(), other.head());
  other.append(1, bodies({"b"}));
  EXPECT_EQ(one.head(), other.head());
  EXPECT_TRUE(one.has_news());
  EXPECT_FALSE(one.has_news());
}

}  // namespace
}  // namespace tocsin::journal
