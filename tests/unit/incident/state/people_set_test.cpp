// Compares the set of bits with std::set after the same operations.
#include "incident/state/people_set.h"

#include <gtest/gtest.h>

#include <set>

#include "base/random.h"

namespace tocsin::incident {
namespace {

TEST(PeopleSet, IsEmptyAtFirst) {
  const PeopleSet set;
  EXPECT_TRUE(set.empty());
  EXPECT_EQ(set.begin(), set.end());
  EXPECT_FALSE(set.contains(0));
}

TEST(PeopleSet, HoldsAndVisitsWhatAnOrderedSetWould) {
  base::SeededRandom random{7};
  for (const std::uint64_t most : {1U, 63U, 64U, 65U, 1000U}) {
    PeopleSet set;
    std::set<std::uint32_t> expected;
    for (int i = 0; i < 2000; ++i) {
      const auto person = static_cast<std::uint32_t>(random.below(most));
      if (random.chance(0.5)) {
        set.insert(person);
        expected.insert(person);
      } else {
        set.erase(person);
        expected.erase(person);
      }
      ASSERT_EQ(set.size(), expected.size());
      ASSERT_EQ(set.contains(person), expected.contains(person));
    }
    EXPECT_EQ(std::set<std::uint32_t>(set.begin(), set.end()), expected);
    EXPECT_TRUE(std::equal(set.begin(), set.end(), expected.begin(), expected.end()));
  }
}

}  // namespace
}  // namespace tocsin::incident
