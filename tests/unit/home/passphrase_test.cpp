#include "home/passphrase.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "base/file.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::home {
namespace {

class PassphraseFiles : public testing::Test {
 protected:
  std::string read(std::string_view content) {
    base::write_file(file_, base::bytes_of(content), base::Access::owner_only);
    return std::string{passphrase_source(file_)->ask("a key").text()};
  }
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "passphrase";
};

TEST_F(PassphraseFiles, HoldThePassphraseOnTheirFirstLine) {
  EXPECT_EQ(read("correct horse battery\n"), "correct horse battery");
  EXPECT_EQ(read("correct horse battery"), "correct horse battery");
  EXPECT_EQ(read("correct horse battery\r\nwritten by me\r\n"), "correct horse battery");
  EXPECT_EQ(read(" with spaces \n"), " with spaces ");
  EXPECT_TRUE(passphrase_source(file_)->is_named());
}

TEST_F(PassphraseFiles, ThatAreEmptyMissingOrHugeAreFaults) {
  EXPECT_THROW(read(""), base::Fault);
  EXPECT_THROW(read("\nsecond line\n"), base::Fault);
  EXPECT_THROW(read(std::string(100'000, 'x')), base::Fault);
  EXPECT_THROW(passphrase_source(folder_.path() / "none")->ask("a key"), base::Fault);
}

TEST_F(PassphraseFiles, MustBeLongEnoughForANewKey) {
  read("correct horse\n");
  EXPECT_EQ(passphrase_source(file_)->ask_new("a key").text(), "correct horse");
  read("short\n");
  EXPECT_THROW(passphrase_source(file_)->ask_new("a key"), base::Fault);
}

TEST(Passphrases, AreGoneOnceMoved) {
  for (const std::string& text : {std::string{"short"}, std::string(200, 'x')}) {
    Passphrase first{text};
    const Passphrase second = std::move(first);
    EXPECT_TRUE(first.text().empty());
    EXPECT_EQ(second.text(), text);
  }
}

}  // namespace
}  // namespace tocsin::home
