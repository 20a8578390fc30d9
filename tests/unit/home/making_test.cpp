#include "home/making.h"

#include <gtest/gtest.h>

#include <set>

#include "base/file.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::home {
namespace {

namespace fs = std::filesystem;

class MakingTest : public testing::Test {
 protected:
  void put(const fs::path& path) {
    base::write_file(path, base::bytes_of("x"), base::Access::owner_only);
  }
  std::set<std::string> here() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder_.path()})
      names.insert(entry.path().filename().string());
    return names;
  }
  // What a process that was killed leaves: its destructor does not run.
  fs::path left_by_a_killed_process(std::initializer_list<const char*> files) {
    const fs::path staged = folder_.path() / ".a.new";
    fs::create_directories(staged);
    for (const char* file : files) put(staged / file);
    return staged;
  }
  TemporaryFolder folder_;
};

TEST_F(MakingTest, MovesAllOutOrNothing) {
  {
    Making making(folder_.path(), "a", "a.mark");
    put(making.folder() / "a.key");
    EXPECT_EQ(here(), std::set<std::string>{".a.new"});
  }
  EXPECT_EQ(here(), std::set<std::string>{}) << "not finished";
  Making making(folder_.path(), "a", "a.mark");
  put(making.folder() / "a.key");
  put(making.folder() / "a.mark");
  making.finish();
  EXPECT_EQ(here(), (std::set<std::string>{"a.key", "a.mark"}));
}

TEST_F(MakingTest, GoesOnOnceTheMarkWasThere) {
  EXPECT_FALSE(Making::finish_killed(folder_.path(), "a", "mark"));
  left_by_a_killed_process({"key", "mark"});
  put(folder_.path() / "cert");  // moved out before
  EXPECT_TRUE(Making::finish_killed(folder_.path(), "a", "mark"));
  EXPECT_EQ(here(), (std::set<std::string>{"cert", "key", "mark"}));
}

TEST_F(MakingTest, RemovesWhatHadNoMarkYet) {
  left_by_a_killed_process({"key"});
  EXPECT_FALSE(Making::finish_killed(folder_.path(), "a", "mark"));
  EXPECT_EQ(here(), std::set<std::string>{});
  left_by_a_killed_process({"stale"});
  Making making(folder_.path(), "a", "mark");
  EXPECT_TRUE(fs::is_empty(making.folder()));
}

// What cannot be looked at, here for a loop of links, is not taken for missing.
TEST_F(MakingTest, RemovesNothingWhoseMarkCannotBeLookedAt) {
  const fs::path staged = left_by_a_killed_process({"a.key"});
  fs::create_symlink("a.journal", folder_.path() / "a.journal");
  put(folder_.path() / "a.key");
  Making::discard_killed(folder_.path(), ".journal");
  EXPECT_TRUE(here().contains("a.key"));
  fs::create_directories(staged);
  put(staged / "key");
  fs::create_symlink("mark", staged / "mark");
  EXPECT_TRUE(Making::finish_killed(folder_.path(), "a", "mark"));
  EXPECT_TRUE(here().contains("key"));
}

TEST_F(MakingTest, DiscardsWithWhatWasMovedOut) {
  left_by_a_killed_process({"a.journal"});
  put(folder_.path() / "a.key");
  for (const char* other : {"b.key", "b.journal", "ab.key"}) put(folder_.path() / other);
  fs::create_directories(folder_.path() / ".b.new");  // all of it was moved out
  Making::discard_killed(folder_.path(), ".journal");
  EXPECT_EQ(here(), (std::set<std::string>{"ab.key", "b.journal", "b.key"}));
}

}  // namespace
}  // namespace tocsin::home
