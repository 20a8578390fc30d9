#include "seal/secret_file.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "base/fault.h"

namespace tocsin::seal {
namespace {

namespace fs = std::filesystem;

class SecretFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "tocsin-secret-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path file(std::string_view content, mode_t mode = 0600) {
    const fs::path path = folder_ / "key";
    std::ofstream{path} << content;
    EXPECT_EQ(::chmod(path.c_str(), mode), 0);
    return path;
  }
  // What is said of it.
  std::string refusal(const fs::path& path) {
    try {
      read_secret_file(path);
    } catch (const base::Fault& fault) {
      return std::string{fault.what()} + "; " + fault.hint();
    }
    return {};
  }

  fs::path folder_;
};

TEST_F(SecretFile, GivesItsLineAlone) {
  EXPECT_EQ(read_secret_file(file("call-in-1234\n")).view(), "call-in-1234");
  EXPECT_EQ(read_secret_file(file(" a key of words \r\n\n", 0400)).view(), "a key of words");
  fs::create_symlink("key", folder_ / "link");
  EXPECT_EQ(read_secret_file(folder_ / "link").view(), "a key of words");
}

TEST_F(SecretFile, IsRefusedWhenOthersCanReadItWithTheWayOut) {
  for (const mode_t mode : {0640, 0604, 0620, 0601, 0610, 0666}) {
    const fs::path path = file("hush-hush", mode);
    EXPECT_NE(refusal(path).find("others can read it"), std::string::npos) << mode;
    EXPECT_NE(refusal(path).find("chmod 600 " + path.string()), std::string::npos) << mode;
    EXPECT_EQ(refusal(path).find("hush"), std::string::npos) << mode;
  }
}

TEST_F(SecretFile, IsRefusedWhenItIsNoLineOfText) {
  EXPECT_NE(refusal(file("")).find("empty"), std::string::npos);
  EXPECT_NE(refusal(file(" \n")).find("empty"), std::string::npos);
  for (const char* content : {"hush\nhush", "hush\x01", "hush\x7f"}) {
    EXPECT_NE(refusal(file(content)).find("one line"), std::string::npos);
    EXPECT_EQ(refusal(file(content)).find("hush"), std::string::npos);
  }
  EXPECT_EQ(refusal(file(std::string(kMostSecretBytes, 'x'))), "");
  EXPECT_NE(refusal(file(std::string(kMostSecretBytes + 1, 'x'))).find("larger"),
            std::string::npos);
}

TEST_F(SecretFile, GivesSeveralLinesWhenAKeyHasThem) {
  EXPECT_EQ(read_secret_file(file("-----\r\nhush\n-----\n"), SecretLines::several).view(),
            "-----\r\nhush\n-----");
  EXPECT_THROW(read_secret_file(file("hush\n\x01"), SecretLines::several), base::Fault);
  EXPECT_THROW(read_secret_file(file("\n\n"), SecretLines::several), base::Fault);
}

TEST_F(SecretFile, IsRefusedWhenItIsNoFile) {
  EXPECT_NE(refusal(folder_ / "none").find("put the key there"), std::string::npos);
  EXPECT_NE(refusal(folder_).find("no file"), std::string::npos);
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  EXPECT_NE(refusal(folder_ / "fifo").find("no file"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::seal
