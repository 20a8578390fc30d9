#include "home/keyring.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "base/fault.h"

namespace tocsin::home {
namespace {

// What was kept under a name, and nothing of any other; a container often allows none.
TEST(SessionKeyrings, KeepAndForgetWhereTheKernelLetsThem) {
  SessionKeyring keyring;
  const std::string name = "unit-test-" + std::to_string(::getpid());
  const auto secret = base::bytes_of("secret");
  try {
    keyring.keep(name, secret, std::chrono::minutes{1});
  } catch (const base::Fault& fault) {
    EXPECT_FALSE(fault.hint().empty());
    EXPECT_FALSE(keyring.find(name));
    EXPECT_FALSE(keyring.forget(name));
    GTEST_SKIP() << fault.what();
  }
  const auto found = keyring.find(name);
  ASSERT_TRUE(found);
  EXPECT_EQ(base::text_of(*found), "secret");
  EXPECT_FALSE(keyring.find(name + "0"));
  EXPECT_FALSE(keyring.forget(name + "0"));
  keyring.keep(name, base::bytes_of("another"), std::chrono::minutes{1});
  EXPECT_EQ(base::text_of(keyring.find(name).value()), "another");
  EXPECT_TRUE(keyring.forget(name));
  EXPECT_FALSE(keyring.find(name));
  EXPECT_FALSE(keyring.forget(name));
}

}  // namespace
}  // namespace tocsin::home
