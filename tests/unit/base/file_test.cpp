#include "base/file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "base/fault.h"

namespace tocsin::base {
namespace {

class Files : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / fmt::format("tocsin-file-test-{}", ::getpid());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(Files, WriteReplacesWholeAndKeepsSecretsToTheOwner) {
  const auto path = folder_ / "key";
  write_file(path, bytes_of("old"), Access::owner_only);
  write_file(path, bytes_of("new and longer"), Access::owner_only);
  EXPECT_EQ(read_file(path, 100), "new and longer");
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder_}, {}), 1);
}

TEST_F(Files, WritingTakesOverWhatAKilledProcessLeft) {
  const auto path = folder_ / "key";
  const auto left = folder_ / ".key.new";
  write_file(path, bytes_of("old"), Access::owner_only);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // a process with a file size limit is killed in the middle of a write
    const rlimit little{4, 4};
    ::setrlimit(RLIMIT_FSIZE, &little);
    write_file(path, bytes_of("much too long"), Access::owner_only);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(std::filesystem::exists(left));
  EXPECT_EQ(read_file(path, 100), "old");
  write_file(path, bytes_of("new"), Access::owner_only);
  EXPECT_EQ(read_file(path, 100), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder_}, {}), 1);
}

TEST_F(Files, WritingFollowsNoLinkThatSomebodyPutInItsWay) {
  write_file(folder_ / "other", bytes_of("untouched"), Access::everyone);
  std::filesystem::create_symlink("other", folder_ / ".key.new");
  write_file(folder_ / "key", bytes_of("secret"), Access::owner_only);
  EXPECT_EQ(read_file(folder_ / "key", 100), "secret");
  EXPECT_FALSE(std::filesystem::is_symlink(folder_ / "key"));
  std::filesystem::create_hard_link(folder_ / "other", folder_ / ".key.new");
  write_file(folder_ / "key", bytes_of("another"), Access::owner_only);
  EXPECT_EQ(read_file(folder_ / "key", 100), "another");
  EXPECT_EQ(read_file(folder_ / "other", 100), "untouched");
}

TEST_F(Files, ManyWritersLeaveOneWholeFile) {
  const auto path = folder_ / "shared";
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i)
    writers.emplace_back([&, i] {
      const std::string mine(10'000, static_cast<char>('a' + i));
      for (int times = 0; times < 20; ++times) {
        write_file(path, bytes_of(mine), Access::everyone);
        const std::string seen = read_file(path, 20'000);
        EXPECT_EQ(seen, std::string(10'000, seen.empty() ? ' ' : seen[0]));
      }
    });
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder_}, {}), 1);
}

TEST_F(Files, ReadingNamesThePathAndTheReason) {
  const auto message = [](const std::filesystem::path& path, std::size_t cap) -> std::string {
    try {
      read_file(path, cap);
    } catch (const Fault& fault) {
      return fault.what();
    }
    return "no fault";
  };
  EXPECT_NE(message(folder_ / "missing", 10).find("missing: No such file"), std::string::npos);
  EXPECT_NE(message(folder_, 10).find("it is a directory"), std::string::npos);
  write_file(folder_ / "big", bytes_of("12345678901"), Access::everyone);
  EXPECT_NE(message(folder_ / "big", 10).find("larger than 10 bytes"), std::string::npos);
  EXPECT_EQ(read_file("/dev/null", 10), "");
}

TEST_F(Files, WritingIntoAMissingFolderIsAFault) {
  EXPECT_THROW(write_file(folder_ / "no" / "file", bytes_of("x"), Access::everyone), Fault);
}

}  // namespace
}  // namespace tocsin::base
