#include "base/fault.h"

#include <gtest/gtest.h>

#include <csignal>
#include <stdexcept>

namespace tocsin::base {
namespace {

TEST(Faults, CarryTheirExitTheirWordsAndTheWayOut) {
  try {
    throw Fault(Exit::unreachable, "the relay is out of reach", "check the network");
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "the relay is out of reach");
    const auto* fault = dynamic_cast<const Fault*>(&error);
    ASSERT_NE(fault, nullptr);
    EXPECT_EQ(fault->exit(), Exit::unreachable);
    EXPECT_EQ(fault->hint(), "check the network");
  }
  EXPECT_EQ(Fault(Exit::fault, "the disk is full").hint(), "");
}

TEST(Asserts, LookOnce) {
  int looks = 0;
  TOCSIN_ASSERT(++looks > 0);
  EXPECT_EQ(looks, 1);
}

// In every build: a bug that goes on would write what nobody can trust.
TEST(AssertsDeathTest, EndTheProgramAndSayWhere) {
  EXPECT_EXIT(TOCSIN_ASSERT(1 + 1 == 3), testing::KilledBySignal(SIGABRT),
              "tocsin: bug: .*fault_test.cpp:[0-9]+: 1 \\+ 1 == 3");
}

}  // namespace
}  // namespace tocsin::base
