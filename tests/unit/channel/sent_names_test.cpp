#include "channel/sent_names.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/file.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

class SentNamesTest : public testing::Test {
 protected:
  home::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "signal.sent";
  seal::Entropy entropy_;
  seal::MessageId one_ = seal::random_message_id(entropy_);
  seal::MessageId two_ = seal::random_message_id(entropy_);
};

TEST_F(SentNamesTest, BelievesAReceiptOfWhomItWasSentToAlone) {
  SentNames sent{file_};
  EXPECT_TRUE(sent.record("100", {one_, "+447700900123", true}).empty());
  EXPECT_FALSE(sent.receipt("100", "+447700900124", Receipt::delivered));
  const auto delivery = sent.receipt("100", "+447700900123", Receipt::delivered);
  ASSERT_TRUE(delivery);
  EXPECT_EQ(delivery->id, one_);
  EXPECT_EQ(delivery->receipt, Receipt::delivered);
}

// It may be delivered before the daemon has said that it was sent.
TEST_F(SentNamesTest, KeepsAReceiptThatCameTooEarly) {
  SentNames sent{file_};
  EXPECT_FALSE(sent.receipt("100", "+447700900124", Receipt::read));  // of somebody else
  EXPECT_FALSE(sent.receipt("100", "+447700900123", Receipt::delivered));
  const auto said = sent.record("100", {one_, "+447700900123", true});
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].receipt, Receipt::delivered);
  EXPECT_EQ(said[0].id, one_);
  EXPECT_TRUE(sent.record("100", {one_, "+447700900123", true}).empty());
}

TEST_F(SentNamesTest, KnowsWhatAnotherProcessSentButNotToWhom) {
  SentNames mine{file_};
  SentNames{file_}.record("100", {one_, "+447700900123", true});
  EXPECT_EQ(mine.asked("100"), one_);
  EXPECT_FALSE(mine.receipt("100", "+447700900123", Receipt::delivered));
  EXPECT_FALSE(mine.receipt("100", "", Receipt::delivered));
  EXPECT_FALSE(mine.asked("101"));
  mine.record("101", {two_, "+447700900124", true});
  EXPECT_EQ(SentNames{file_}.asked("101"), two_);
}

// A thumb below "stay at home" is no answer.
TEST_F(SentNamesTest, KeepsNothingOfAMessageThatAsksForNoAnswer) {
  SentNames sent{file_};
  sent.record("100", {one_, "+447700900123", false});
  EXPECT_FALSE(sent.asked("100"));
  EXPECT_TRUE(sent.receipt("100", "+447700900123", Receipt::read));
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(SentNamesTest, NamesNobodyInAFileOfItsOwner) {
  SentNames{file_}.record("100", {one_, "+447700900123", true});
  EXPECT_EQ(base::read_file(file_, 1'000), "100 " + seal::to_text(one_) + "\n");
  struct stat info {};
  ASSERT_EQ(::stat(file_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(SentNamesTest, ReadsWhatIsSoundOfADamagedFile) {
  std::ofstream{file_} << "100 short\n\nx y\n101 " << seal::to_text(two_) << "\n102 ";
  SentNames sent{file_};
  EXPECT_FALSE(sent.asked("100"));
  EXPECT_FALSE(sent.asked(""));
  EXPECT_EQ(sent.asked("101"), two_);
}

TEST_F(SentNamesTest, LosesTheOlderHalfOfALongFile) {
  std::ofstream file{file_};
  for (int time = 100'000; time < 140'000; ++time)
    file << time << ' ' << seal::to_text(one_) << '\n';
  file.close();
  const auto before = std::filesystem::file_size(file_);
  const SentNames shortens{file_};
  EXPECT_LT(std::filesystem::file_size(file_), before * 3 / 4);
  SentNames sent{file_};
  EXPECT_FALSE(sent.asked("100000"));
  EXPECT_TRUE(sent.asked("139999"));
}

}  // namespace
}  // namespace tocsin::channel
