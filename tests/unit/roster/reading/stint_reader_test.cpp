#include "roster/reading/stint_reader.h"

#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class StintReaderTest : public Reading {};

TEST_F(StintReaderTest, StrangersAreLeftOutWhenAsked) {
  const auto stints =
      csv("ID,Start,End\nE9,2026-07-22 08:00,20:00\nE1,2026-07-22 08:00,20:00\n", Strangers::skip);
  ASSERT_TRUE(stints);
  EXPECT_EQ(stints->size(), 1u);
  EXPECT_EQ(findings_.size(), 1u);
}

}  // namespace
}  // namespace tocsin::roster
