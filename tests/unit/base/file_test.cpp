#include "base/file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

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
