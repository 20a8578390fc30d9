#include "relay/disk.h"

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <fstream>
#include <optional>
#include <thread>

#include "base/fault.h"
#include "unit/home/temporary_folder.h"
#include "unit/relay/syncs.h"

namespace tocsin::relay {
namespace {

class DiskTest : public testing::Test {
 protected:
  DiskTest() { std::ofstream{path_} << "log"; }
  ~DiskTest() override {
    let_syncs([](Syncs& all) { all.hold = all.fail = false; });
  }
  // Syncs, and waits on this thread until it is told how that went.
  bool is_durable(Disk& disk) {
    std::optional<bool> told;
    disk.sync([&](bool is_durable) { told = is_durable; });
    while (!told) io_.run_one();
    io_.restart();
    return *told;
  }
  static int begun() {
    const std::lock_guard lock{syncs().mutex};
    return syncs().begun;
  }

  home::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "relay.db-wal";
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ =
      boost::asio::make_work_guard(io_);
};

TEST_F(DiskTest, SaysOnTheCallersThreadThatAllIsSynced) {
  Disk disk{path_, io_};
  const int before = begun();
  std::thread::id on;
  disk.sync([&](bool is_durable) {
    EXPECT_TRUE(is_durable);
    EXPECT_FALSE(disk.is_busy()) << "the next may begin from here";
    on = std::this_thread::get_id();
  });
  EXPECT_TRUE(disk.is_busy());
  while (on == std::thread::id{}) io_.run_one();
  EXPECT_EQ(on, std::this_thread::get_id());
  EXPECT_EQ(begun(), before + 1);
}

TEST_F(DiskTest, KeepsNobodyWaitingMeanwhile) {
  Disk disk{path_, io_};
  let_syncs([](Syncs& all) {
    all.hold = true;
    all.begun = 0;
  });
  bool is_told = false;
  disk.sync([&](bool) { is_told = true; });
  {
    std::unique_lock lock{syncs().mutex};
    ASSERT_TRUE(
        syncs().changed.wait_for(lock, std::chrono::seconds{5}, [] { return syncs().begun > 0; }));
  }
  bool is_served = false;
  boost::asio::post(io_, [&] { is_served = true; });
  io_.run_one();
  EXPECT_TRUE(is_served);
  EXPECT_FALSE(is_told);
  let_syncs([](Syncs& all) { all.hold = false; });
  while (!is_told) io_.run_one();
}

// The kernel may have dropped the pages that it failed to write, and a later sync would succeed.
TEST_F(DiskTest, NeverTriesAgainAfterOneFailure) {
  Disk disk{path_, io_};
  EXPECT_TRUE(is_durable(disk));
  let_syncs([](Syncs& all) { all.fail = true; });
  EXPECT_FALSE(is_durable(disk));
  let_syncs([](Syncs& all) { all.fail = false; });
  const int before = begun();
  EXPECT_FALSE(disk.works());
  EXPECT_FALSE(is_durable(disk));
  EXPECT_EQ(begun(), before);
}

TEST_F(DiskTest, HasNothingToSyncForAStoreInMemory) {
  Disk disk{{}, io_};
  const int before = begun();
  bool is_told = false;
  disk.sync([&](bool is_durable) { is_told = is_durable; });
  EXPECT_TRUE(is_told) << "before it returns";
  EXPECT_FALSE(disk.is_busy());
  EXPECT_EQ(begun(), before);
}

TEST_F(DiskTest, FaultsOnAFileThatIsNotThere) {
  try {
    const Disk disk{folder_.path() / "none", io_};
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_NE(std::string{fault.what()}.find("none"), std::string::npos);
  }
}

}  // namespace
}  // namespace tocsin::relay
