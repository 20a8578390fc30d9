#include "drill/run/repeat.h"

#include <gtest/gtest.h>

#include <vector>

#include "unit/drill/small.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::drill {
namespace {

std::vector<Report> runs_on(unsigned threads, int runs = 5) {
  return repeat(small_playbook(), small_settings(60), runs, threads, [](int, int) {});
}

TEST(Repeat, IsTheSameOnAnyNumberOfThreads) {
  const auto one = runs_on(1);
  const auto four = runs_on(4);
  ASSERT_EQ(one.size(), 5u);
  ASSERT_EQ(one.size(), four.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].seed, 40 + i);
    EXPECT_EQ(told_by(one[i]), told_by(four[i]));
    EXPECT_EQ(one[i].head, four[i].head);
    EXPECT_EQ(one[i].asked, four[i].asked);
    EXPECT_EQ(one[i].hindsight.relief_filled, four[i].hindsight.relief_filled);
  }
  // One of many runs gives the same result as when it runs alone.
  Settings alone = small_settings(60);
  alone.seed = 43;
  EXPECT_EQ(told_by(play(alone)), told_by(one[3]));
}

TEST(Repeat, TellsEachRunOnce) {
  std::vector<int> told;
  repeat(small_playbook(), small_settings(20), 4, 3, [&](int done, int all) {
    EXPECT_EQ(all, 4);
    told.push_back(done);
  });
  EXPECT_EQ(told, (std::vector{1, 2, 3, 4}));
}

TEST(Repeat, EachLiveRunLeavesAHomeOfItsOwn) {
  const home::TemporaryFolder folder;
  Settings settings = small_settings(6);
  settings.path = Path::live;
  settings.folder = folder.path();
  repeat(small_playbook(), settings, 2, 2, [](int, int) {});
  EXPECT_TRUE(exists(folder.path() / "EX-40" / "tocsin.yaml"));
  EXPECT_TRUE(exists(folder.path() / "EX-41" / "tocsin.yaml"));
}

TEST(Repeat, AFaultInOneRunEndsThemAll) {
  Settings settings = small_settings(20);
  settings.path = Path::live;
  settings.folder = "/dev/null/nowhere";
  int done = 0;
  EXPECT_ANY_THROW(repeat(small_playbook(), settings, 3, 2, [&](int, int) { ++done; }));
  EXPECT_EQ(done, 0);
}

}  // namespace
}  // namespace tocsin::drill
