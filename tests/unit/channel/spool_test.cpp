#include "channel/spool.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>

#include "base/fault.h"
#include "base/file.h"

namespace tocsin::channel {
namespace {

namespace fs = std::filesystem;
using base::Bytes;

const seal::KeyId kAnswers{{7}};
const std::string kTo = to_text(kAnswers);
const base::Instant kExpires{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};

class Spool : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "tocsin-spool-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  static SealedMessage message(std::uint8_t number) {
    return {seal::MessageId{{number}}, kTo, {Bytes(10, number)}, kExpires};
  }
  void bring(const std::string& name, base::ByteView bytes) {
    base::write_file(folder_ / "in" / name, bytes, base::Access::owner_only);
  }
  static std::size_t count(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
  }

  fs::path folder_;
};

TEST_F(Spool, WritesOneFileForEachMessage) {
  SpoolChannel spool{folder_, kAnswers};
  const std::vector<SealedMessage> batch{message(1), message(2)};
  const auto deliveries = spool.send(batch);
  ASSERT_EQ(deliveries.size(), 2U);
  EXPECT_EQ(deliveries[0].receipt, Receipt::queued);
  const fs::path path = folder_ / "out" / (to_text(batch[0].id) + "." + kTo + ".msg");
  const std::string expected =
      "tocsin-spool/1\nto: BwAAAAAAAAAAAAAAAAAAAA\nid: AQAAAAAAAAAAAAAAAAAAAA\n"
      "expires: 2026-11-23T00:00:00.000Z\nsize: 10\n\n" +
      std::string(10, '\x01');
  EXPECT_EQ(base::read_file(path, 10'000), expected);
  EXPECT_EQ(fs::status(path).permissions() & fs::perms::others_all, fs::perms::none);
}

TEST_F(Spool, SendsNothingTwiceAndSaysWhenItWasTaken) {
  SpoolChannel spool{folder_, kAnswers};
  const std::vector<SealedMessage> batch{message(1)};
  spool.send(batch);
  EXPECT_EQ(spool.send(batch)[0].receipt, Receipt::queued);
  EXPECT_EQ(count(folder_ / "out"), 1U);
  EXPECT_TRUE(spool.collect({}).deliveries.empty());

  const std::string name = to_text(batch[0].id) + "." + kTo + ".msg";
  fs::rename(folder_ / "out" / name, folder_ / "taken" / name);
  EXPECT_EQ(spool.send(batch)[0].receipt, Receipt::sent);
  EXPECT_EQ(count(folder_ / "out"), 0U);
  const Collected collected = spool.collect({});
  ASSERT_EQ(collected.deliveries.size(), 1U);
  EXPECT_EQ(collected.deliveries[0].id, batch[0].id);
  EXPECT_EQ(collected.deliveries[0].receipt, Receipt::sent);
  spool.acknowledge(collected.cursor);
  EXPECT_EQ(count(folder_ / "taken"), 0U);
  EXPECT_TRUE(spool.collect({}).deliveries.empty());
}

TEST_F(Spool, WhatGoesOutOfOneComesIntoAnother) {
  SpoolChannel here{folder_ / "here", kAnswers};
  SpoolChannel there{folder_ / "there", kAnswers};
  const std::vector<SealedMessage> batch{message(1), message(2)};
  here.send(batch);
  for (const auto& entry : fs::directory_iterator{folder_ / "here" / "out"})
    fs::rename(entry.path(), folder_ / "there" / "in" / entry.path().filename());

  const Collected first = there.collect({});
  ASSERT_EQ(first.messages.size(), 2U);
  EXPECT_EQ(first.messages[0].content, batch[0].content.envelope);
  EXPECT_EQ(first.messages[1].content, batch[1].content.envelope);
  const Collected again = there.collect({});  // without an acknowledgement they come again
  EXPECT_EQ(again.messages.size(), 2U);
  there.acknowledge(again.cursor);
  EXPECT_TRUE(there.collect({}).messages.empty());
  EXPECT_EQ(count(folder_ / "there" / "in"), 0U);
}

TEST_F(Spool, AnEarlierCursorLeavesWhatCameLater) {
  SpoolChannel spool{folder_, kAnswers};
  bring("a.msg", encode(SpoolFile{kTo, seal::MessageId{{1}}, kExpires, Bytes(3, 1)}));
  const Collected first = spool.collect({});
  bring("b.msg", encode(SpoolFile{kTo, seal::MessageId{{2}}, kExpires, Bytes(3, 2)}));
  const Collected second = spool.collect({});
  spool.acknowledge(first.cursor);  // an old cursor: both were collected again since
  EXPECT_EQ(count(folder_ / "in"), 2U);
  spool.acknowledge(second.cursor);
  EXPECT_EQ(count(folder_ / "in"), 0U);
}

TEST_F(Spool, SetsAsideWhatIsNoMessage) {
  SpoolChannel spool{folder_, kAnswers};
  bring("junk.msg", base::bytes_of("not a message"));
  bring("empty.msg", {});
  bring("large.msg", Bytes(kMostSpoolBytes + 1, 'x'));
  fs::create_directory(folder_ / "in" / "folder.msg");
  fs::create_symlink("/etc/passwd", folder_ / "in" / "link.msg");
  ASSERT_EQ(mkfifo((folder_ / "in" / "fifo.msg").c_str(), 0600), 0);
  bring("half.part", base::bytes_of("still being written"));
  bring(".hidden.msg", base::bytes_of("still being written"));
  bring("good.msg", encode(SpoolFile{kTo, seal::MessageId{{1}}, kExpires, Bytes(3, 1)}));

  EXPECT_EQ(spool.collect({}).messages.size(), 1U);
  EXPECT_EQ(spool.rejected(), 6U);
  EXPECT_EQ(count(folder_ / "rejected"), 6U);
  EXPECT_TRUE(fs::exists(folder_ / "in" / "half.part"));
  EXPECT_EQ(spool.collect({}).messages.size(), 1U);
  EXPECT_EQ(spool.rejected(), 6U);
}

TEST_F(Spool, LeavesWhatAnotherIncidentWaitsFor) {
  SpoolChannel spool{folder_, kAnswers};
  const std::string other = to_text(seal::KeyId{{8}});
  bring("a.msg", encode(SpoolFile{other, seal::MessageId{{1}}, kExpires, Bytes(3, 1)}));
  spool.acknowledge(spool.collect({}).cursor);
  EXPECT_EQ(count(folder_ / "in"), 1U);
  EXPECT_EQ(spool.rejected(), 0U);
}

TEST_F(Spool, SendsOneMessageToEachDeviceOfAPerson) {
  SpoolChannel spool{folder_, kAnswers};
  SealedMessage second = message(1);
  second.address = to_text(seal::KeyId{{8}});
  const std::vector<SealedMessage> batch{message(1), second};
  spool.send(batch);
  EXPECT_EQ(count(folder_ / "out"), 2U);
}

TEST_F(Spool, ABoxTakesItsOwnAndAnswersIntoTheSameFolder) {
  SpoolChannel spool{folder_, kAnswers};
  const seal::KeyId mine{{9}};
  SealedMessage theirs = message(1);
  SealedMessage ours = message(2);
  ours.address = to_text(mine);
  spool.send(std::vector<SealedMessage>{theirs, ours});
  SpoolBox box{folder_, mine};
  const Mailbox::Page page = box.poll(std::chrono::seconds{0});
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items[0].id, ours.id);
  EXPECT_EQ(page.items[0].envelope, ours.content.envelope);
  EXPECT_EQ(box.poll(std::chrono::seconds{0}).items.size(), 1U);  // not acknowledged yet
  EXPECT_TRUE(box.acknowledge(page.items.back().cursor));
  EXPECT_TRUE(box.poll(std::chrono::seconds{0}).items.empty());
  EXPECT_EQ(count(folder_ / "out"), 1U);

  SealedMessage answer = message(3);
  EXPECT_EQ(box.send({&answer, 1})[0].receipt, Receipt::queued);
  const Collected collected = spool.collect({});
  ASSERT_EQ(collected.deliveries.size(), 1U);  // it was taken, so it is sent
  EXPECT_EQ(collected.deliveries[0].id, ours.id);
  ASSERT_EQ(collected.messages.size(), 1U);
  EXPECT_EQ(collected.messages[0].content, answer.content.envelope);
}

TEST_F(Spool, ABoxSetsAsideWhatBearsItsNameAndIsNotForIt) {
  SpoolChannel spool{folder_, kAnswers};
  const seal::KeyId mine{{9}};
  const std::string ours = "." + to_text(mine) + ".msg";
  const auto put = [&](const std::string& name, base::ByteView bytes) {
    base::write_file(folder_ / "out" / name, bytes, base::Access::owner_only);
  };
  put("junk" + ours, base::bytes_of("not a message"));
  put("empty" + ours, {});
  put("large" + ours, Bytes(kMostSpoolBytes + 1, 'x'));
  const Bytes whole =
      encode(SpoolFile{to_text(mine), seal::MessageId{{1}}, kExpires, Bytes(99, 1)});
  put("cut" + ours, base::ByteView{whole}.first(whole.size() - 1));
  put("other" + ours, encode(SpoolFile{kTo, seal::MessageId{{1}}, kExpires, Bytes(3, 1)}));
  fs::create_directory(folder_ / "out" / ("folder" + ours));
  fs::create_symlink("/etc/passwd", folder_ / "out" / ("link" + ours));
  ASSERT_EQ(mkfifo((folder_ / "out" / ("fifo" + ours)).c_str(), 0600), 0);
  put("." + ours, base::bytes_of("still being written"));
  put("junk.msg", base::bytes_of("for nobody"));
  SpoolBox box{folder_, mine};
  EXPECT_TRUE(box.poll(std::chrono::seconds{0}).items.empty());
  EXPECT_EQ(box.rejected(), 8U);
  EXPECT_EQ(count(folder_ / "rejected"), 8U);
  EXPECT_EQ(count(folder_ / "out"), 2U);
}

TEST_F(Spool, ABoxMakesNoSpool) {
  EXPECT_THROW((SpoolBox{folder_, kAnswers}), base::Fault);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Spool, RefusesAnAddressThatWouldBreakTheHead) {
  SpoolChannel spool{folder_, kAnswers};
  SealedMessage bad = message(1);
  for (const char* address : {"", "a b", "a\nid: x", "\x01", "../a", "a.b"}) {
    bad.address = address;
    EXPECT_EQ(spool.send({&bad, 1})[0].receipt, Receipt::failed_for_good);
  }
  EXPECT_EQ(count(folder_ / "out"), 0U);
}

TEST(SpoolFileFormat, RefusesEveryCutAndGrownFile) {
  const Bytes whole = encode(SpoolFile{"box", seal::MessageId{{1}}, kExpires, Bytes(9, 7)});
  ASSERT_TRUE(decode_spool_file(whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(decode_spool_file(base::ByteView{whole}.first(size))) << size;
  Bytes grown = whole;
  grown.push_back(0);
  EXPECT_FALSE(decode_spool_file(grown));
}

TEST(SpoolFileFormat, FaultsWhenThereCanBeNoFolder) {
  EXPECT_THROW((SpoolChannel{"/proc/tocsin-cannot-be", kAnswers}), base::Fault);
}

}  // namespace
}  // namespace tocsin::channel
