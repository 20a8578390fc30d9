#include "base/counted.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

TEST(Counted, OnlyOneIsOne) {
  EXPECT_EQ(counted(0, "person", "people"), "0 people");
  EXPECT_EQ(counted(1, "person", "people"), "1 person");
  EXPECT_EQ(counted(2, "person", "people"), "2 people");
  EXPECT_EQ(counted(std::size_t{21}, "person", "people"), "21 people");
  EXPECT_EQ(counted(std::size_t{1}, "person", "people"), "1 person");
}

}  // namespace
}  // namespace tocsin::base
