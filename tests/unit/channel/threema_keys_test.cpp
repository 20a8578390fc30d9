#include "channel/threema_keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/fault.h"
#include "base/file.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

class ThreemaKeysTest : public testing::Test {
 protected:
  seal::SealingKey key() { return seal::OpeningKey::generate(entropy_).sealing_key(); }

  home::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "threema.keys";
  seal::Entropy entropy_;
  seal::OpeningKey own_ = seal::OpeningKey::generate(entropy_);
  seal::SealingKey ana_ = key();
};

TEST_F(ThreemaKeysTest, KeepsTheFirstKeyOfAPerson) {
  ThreemaKeys keys{file_, own_};
  EXPECT_FALSE(keys.is_kept("ABCD1234"));
  EXPECT_EQ(keys.keep("ABCD1234", ana_), ThreemaKeys::Kept::yes);
  EXPECT_EQ(keys.keep("ABCD1234", ana_), ThreemaKeys::Kept::yes);
  EXPECT_EQ(keys.keep("ABCD1234", key()), ThreemaKeys::Kept::changed);
  EXPECT_EQ(keys.find("ABCD1234"), ana_);
  EXPECT_EQ(keys.keep("WXYZ1234", key()), ThreemaKeys::Kept::yes);
}

TEST_F(ThreemaKeysTest, KeepsItOverARestartAndForOtherProcesses) {
  ThreemaKeys other{file_, own_};
  ThreemaKeys{file_, own_}.keep("ABCD1234", ana_);
  EXPECT_TRUE(other.is_kept("ABCD1234"));
  EXPECT_FALSE(other.find("ABCD1234"));  // the Gateway is asked once by each process
  EXPECT_EQ(other.keep("ABCD1234", key()), ThreemaKeys::Kept::changed);
  EXPECT_EQ(other.keep("ABCD1234", ana_), ThreemaKeys::Kept::yes);
}

TEST_F(ThreemaKeysTest, NamesNobodyInAFileOfItsOwner) {
  ThreemaKeys{file_, own_}.keep("ABCD1234", ana_);
  const std::string text = base::read_file(file_, 1'000);
  EXPECT_EQ(text.find("ABCD1234"), std::string::npos);
  EXPECT_EQ(text.find(base::to_hex(ana_.bytes)), std::string::npos);
  struct stat info {};
  ASSERT_EQ(::stat(file_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(ThreemaKeysTest, OutlivesALineThatWasCutOff) {
  ThreemaKeys{file_, own_}.keep("ABCD1234", ana_);
  std::ofstream{file_, std::ios::app} << "0123";
  ThreemaKeys{file_, own_}.keep("WXYZ1234", ana_);
  ThreemaKeys keys{file_, own_};
  EXPECT_TRUE(keys.is_kept("ABCD1234"));
  EXPECT_TRUE(keys.is_kept("WXYZ1234"));
}

TEST_F(ThreemaKeysTest, FaultsWhenAKeyCannotBeKept) {
  std::filesystem::create_directory(file_);
  EXPECT_THROW((ThreemaKeys{file_, own_}), base::Fault);
}

}  // namespace
}  // namespace tocsin::channel
