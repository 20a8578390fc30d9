#include "playbook/reading/need.h"

#include <gtest/gtest.h>

namespace tocsin::playbook {
namespace {

TEST(Need, IsCutIntoSteps) {
  const auto steps = parse_need("3 by 20 min then 6 by 1h30, 8");
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].count, 3);
  EXPECT_EQ(steps[0].by, base::Minutes{20});
  EXPECT_EQ(steps[1].count, 6);
  EXPECT_EQ(steps[1].by, base::Minutes{90});
  EXPECT_EQ(steps[2].count, 8);
  EXPECT_FALSE(steps[2].time_text.has_value());
}

TEST(Need, KeepsTheWordsThatCannotBeRead) {
  const auto steps = parse_need("two by dawn");
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].count_text, "two");
  EXPECT_EQ(steps[0].time_text, "dawn");
  EXPECT_FALSE(steps[0].count || steps[0].by);
  EXPECT_FALSE(parse_need("99999999999999999999 by 1h")[0].count.has_value());
  EXPECT_FALSE(parse_need("02 by 1h")[0].count.has_value());
  EXPECT_EQ(parse_need("").size(), 1U);
}

}  // namespace
}  // namespace tocsin::playbook
