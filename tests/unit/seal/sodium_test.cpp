#include "seal/sodium.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>
#include <vector>

namespace tocsin::seal {
namespace {

// In a process of its own, where nothing has started the library yet. sodium_init() returns 1 when
// it was started before, and 0 when it does so itself.
TEST(SodiumDeathTest, IsStartedByManyAtOnce) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto start = [] {
    std::vector<std::thread> others;
    for (int i = 0; i < 8; ++i) others.emplace_back(start_sodium);
    for (std::thread& other : others) other.join();
    start_sodium();
    std::exit(sodium_init());
  };
  EXPECT_EXIT(start(), testing::ExitedWithCode(1), "");
}

}  // namespace
}  // namespace tocsin::seal
