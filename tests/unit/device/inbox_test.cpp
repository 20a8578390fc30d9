#include "device/inbox.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::device {
namespace {

const base::Instant kNow = *base::from_rfc3339("2026-11-22T22:40:00Z");

Inbox two_letters() {
  Inbox inbox;
  inbox.add({1, 2, 3}, kNow);
  inbox.add({4, 5}, kNow + base::Minutes{1});
  inbox.letters[1].answer = incident::Answer::coming;
  inbox.letters[1].when = kNow + base::Minutes{30};
  inbox.letters[1].answered = kNow + base::Minutes{2};
  return inbox;
}

TEST(Inbox, IsReadBackAsItWasWritten) {
  const auto read = decode_inbox(encode(two_letters()));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->letters.size(), 2u);
  EXPECT_EQ(read->letters[0].number, 1u);
  EXPECT_EQ(read->letters[0].answer, incident::Answer::none);
  EXPECT_EQ(read->letters[0].when, std::nullopt);
  EXPECT_EQ(read->letters[1].envelope, (base::Bytes{4, 5}));
  EXPECT_EQ(read->letters[1].when, kNow + base::Minutes{30});
  EXPECT_EQ(read->letters[1].answered, kNow + base::Minutes{2});
  EXPECT_TRUE(read->has(base::Bytes{1, 2, 3}));
  EXPECT_FALSE(read->has(base::Bytes{1, 2}));
}

TEST(Inbox, NumbersAreNeverGivenAgain) {
  Inbox inbox = two_letters();
  inbox.letters.clear();
  inbox = decode_inbox(encode(inbox)).value();
  inbox.add({6}, kNow);
  EXPECT_EQ(inbox.letters[0].number, 3u);
}

TEST(Inbox, KeepsTheNewestThousand) {
  Inbox inbox;
  for (int i = 0; i < 1'002; ++i) inbox.add({}, kNow);
  inbox.shorten();
  EXPECT_EQ(inbox.letters.size(), 1'000u);
  EXPECT_EQ(inbox.letters.front().number, 3u);
}

TEST(Inbox, DamagedBytesAreRefused) {
  const base::Bytes good = encode(two_letters());
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(decode_inbox(base::ByteView{good}.first(length))) << length;
  base::Bytes other = good;
  other[0] = 9;
  EXPECT_FALSE(decode_inbox(other)) << "another version";
  base::Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(decode_inbox(longer));
}

TEST(Inbox, LiesInTheFolderOfTheDevice) {
  const home::TemporaryFolder folder;
  seal::Entropy random;
  const home::DeviceHome home =
      home::DeviceHome::create(folder.path() / "device", {}, seal::Protection::none, "", random);
  EXPECT_TRUE(read_inbox(home).letters.empty());
  write_inbox(home, two_letters());
  EXPECT_EQ(read_inbox(home).letters.size(), 2u);
  home.write_own("inbox", base::Bytes{1, 2});
  EXPECT_THROW(read_inbox(home), base::Fault);
}

}  // namespace
}  // namespace tocsin::device
