// Compares the table with std::map, with good hashes and with hashes of which nearly all collide.
#include "base/position_table.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "base/random.h"

namespace tocsin::base {
namespace {

void compare(std::uint64_t distinct_hashes) {
  SeededRandom random{distinct_hashes};
  PositionTable table;
  std::vector<std::uint64_t> keys;
  std::map<std::uint64_t, std::uint32_t> expected;
  const auto find = [&](std::uint64_t key) {
    return table.find(key % distinct_hashes, [&](std::uint32_t at) { return keys[at] == key; });
  };
  for (int i = 0; i < 3000; ++i) {
    const std::uint64_t key = random.below(2000);
    const auto known = expected.find(key);
    const auto found = find(key);
    ASSERT_EQ(found.has_value(), known != expected.end());
    if (found) {
      EXPECT_EQ(*found, known->second);
      continue;
    }
    const auto position = static_cast<std::uint32_t>(keys.size());
    keys.push_back(key);
    expected.emplace(key, position);
    table.add(key % distinct_hashes, position);
  }
  table.clear();
  EXPECT_FALSE(find(keys.front()));
}

TEST(PositionTable, FindsWhatAMapWould) { compare(UINT64_MAX); }
TEST(PositionTable, SurvivesCollisions) { compare(7); }

}  // namespace
}  // namespace tocsin::base
