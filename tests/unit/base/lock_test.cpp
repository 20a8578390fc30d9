#include "base/lock.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace tocsin::base {
namespace {

class LockTest : public testing::Test {
 protected:
  LockTest() {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-lock-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~LockTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path path() const { return folder_ / "lock"; }

  std::filesystem::path folder_;
};

TEST_F(LockTest, IsHeldByOneUntilItEnds) {
  EXPECT_FALSE(FileLock::is_held(path()));
  EXPECT_FALSE(std::filesystem::exists(path())) << "to look makes no file";
  {
    const auto lock = FileLock::try_take(path());
    ASSERT_TRUE(lock);
    EXPECT_TRUE(FileLock::is_held(path()));
    EXPECT_FALSE(FileLock::try_take(path()));
  }
  EXPECT_FALSE(FileLock::is_held(path()));
  EXPECT_TRUE(FileLock::try_take(path()));
}

// Whoever hangs keeps a lock that says nothing about its successor.
TEST_F(LockTest, IsReplacedBesideOneThatIsStillHeld) {
  auto hangs = FileLock::try_take(path());
  ASSERT_TRUE(hangs);
  auto successor = FileLock::replace(path());
  ASSERT_TRUE(successor);
  EXPECT_FALSE(FileLock::try_take(path()));
  hangs.reset();
  EXPECT_TRUE(FileLock::is_held(path())) << "the successor's";
  successor.reset();
  EXPECT_FALSE(FileLock::is_held(path()));
  EXPECT_TRUE(FileLock::try_take(path()));
}

}  // namespace
}  // namespace tocsin::base
