#include "channel/exec.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/fault.h"
#include "base/random.h"
#include "seal/entropy.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kExecBegin{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h};
// Reads a line and leaves its id in $id.
const std::string kNext =
    "next() { read -r line || exit 0; id=${line#*\\\"id\\\":\\\"}; id=${id%%\\\"*}; }; "
    "say() { echo "
    "\"{\\\"type\\\":\\\"receipt\\\",\\\"id\\\":\\\"$id\\\",\\\"state\\\":\\\"$1\\\"}\"; }; ";

class Exec : public testing::Test {
 protected:
  void start(const std::string& script, Listen listen = Listen::background) {
    channel_.reset();
    channel_ = std::make_unique<ExecChannel>(
        ProgramCommand{"/bin/sh", {"-c", kNext + script}, folder_.path()}, "https://relay.example",
        clock_, listen);
  }
  Outgoing<playbook::Nudge> message() {
    return {seal::random_message_id(entropy_), "bleep 4711",
            playbook::Nudge{playbook::Playbook{}, "en", playbook::Occasion::real,
                            playbook::Meaning::come},
            clock_.now() + 6h, Urgency::high};
  }
  Delivery send(const Outgoing<playbook::Nudge>& one) { return channel_->send({&one, 1}).at(0); }
  Receipt send() { return send(message()).receipt; }
  // The next that comes, by real time.
  Collected next() {
    Collected all;
    for (const base::Stopwatch watch; !all.has_any() && watch.seconds() < 10;)
      all = channel_->collect(500ms);
    channel_->acknowledge(all.cursor);
    return all;
  }
  std::vector<Receipt> receipts(std::size_t count) {
    std::vector<Receipt> all;
    while (all.size() < count) {
      const Collected some = next();
      if (!some.has_any()) break;
      for (const Delivery& delivery : some.deliveries) all.push_back(delivery.receipt);
    }
    return all;
  }
  // Until the program has written this file.
  void wait_for(const char* name) {
    while (!std::filesystem::exists(folder_.path() / name)) channel_->collect(1ms);
  }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  base::VirtualClock clock_{kExecBegin};
  std::unique_ptr<ExecChannel> channel_;
};

TEST_F(Exec, GivesTheNudgeAndHearsItsReceipts) {
  start("while next; do echo \"$line\" >> lines; say sent; say delivered; done");
  const auto one = message();
  EXPECT_EQ(send(one).receipt, Receipt::queued);
  EXPECT_EQ(receipts(2), (std::vector{Receipt::sent, Receipt::delivered}));
  std::string line;
  std::getline(std::ifstream{folder_.path() / "lines"}, line);
  EXPECT_NE(line.find(R"("text":"Incident message: open https://relay.example")"),
            std::string::npos)
      << line;
  EXPECT_NE(line.find(seal::to_text(one.id)), std::string::npos);
}

TEST_F(Exec, HearsAnswersAndSaysWhenTheyAreKept) {
  start(R"(echo '{"type":"said","id":"a7","from":"bleep 4711","text":"Y 20",)"
        R"("at":"2026-11-22T21:59:00Z"}'; read -r line; echo "$line" > kept; read -r line)");
  Collected heard;
  while (!heard.has_any()) heard = channel_->collect(1s);
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].words, "Y 20");
  EXPECT_EQ(heard.said[0].at, kExecBegin - 1min);
  // Nothing is forgotten before it is acknowledged.
  EXPECT_EQ(channel_->collect(0ms).said.size(), 1U);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "kept"));
  channel_->acknowledge(heard.cursor);
  EXPECT_FALSE(channel_->collect(0ms).has_any());
  wait_for("kept");
}

TEST_F(Exec, DoesNotKnowWhatBecameOfWhatAProgramHadThatDied) {
  start("next; say sent; next; exit 1");
  EXPECT_EQ(send(), Receipt::queued);
  EXPECT_EQ(receipts(1), std::vector{Receipt::sent});
  EXPECT_EQ(send(), Receipt::queued);
  EXPECT_EQ(receipts(1), std::vector{Receipt::unknown});
  EXPECT_NE(channel_->trouble(), "");
}

TEST_F(Exec, StartsAgainAfterAGrowingPause) {
  start("next; exit 1");
  for (const base::Milliseconds pause : {1s, 2s}) {
    ASSERT_EQ(send(), Receipt::queued);
    ASSERT_EQ(receipts(1), std::vector{Receipt::unknown});
    EXPECT_EQ(channel_->room().messages, 0U);  // it is worth waiting for
    EXPECT_EQ(send(), Receipt::failed_for_now);
    clock_.advance(pause - 1ms);
    EXPECT_EQ(send(), Receipt::failed_for_now);
    clock_.advance(1ms);
  }
  // The third time people are tried elsewhere meanwhile.
  ASSERT_EQ(send(), Receipt::queued);
  ASSERT_EQ(receipts(1), std::vector{Receipt::unknown});
  EXPECT_GT(channel_->room().messages, 1'000U);
  const Delivery refused = send(message());
  EXPECT_EQ(refused.receipt, Receipt::failed_for_now);
  EXPECT_EQ(refused.retry_after, 4s);
  clock_.advance(4s);
  EXPECT_EQ(send(), Receipt::queued);
}

TEST_F(Exec, BeginsAgainAtASecondForAProgramThatRan) {
  start("next; say sent; next; exit 1");
  for (int i = 0; i < 4; ++i) {
    ASSERT_EQ(send(), Receipt::queued);
    ASSERT_EQ(receipts(1), std::vector{Receipt::sent});
    clock_.advance(61s);
    ASSERT_EQ(send(), Receipt::queued);
    ASSERT_EQ(receipts(1), std::vector{Receipt::unknown});
    clock_.advance(1s);
  }
}

TEST_F(Exec, KillsAProgramThatSaysNothingForAMinute) {
  start("next; echo x >> hangs; exec sleep 1000");
  EXPECT_EQ(send(), Receipt::queued);
  wait_for("hangs");
  clock_.advance(59s);
  EXPECT_FALSE(channel_->collect(0ms).has_any());
  clock_.advance(1s);
  EXPECT_EQ(receipts(1), std::vector{Receipt::unknown});
  EXPECT_EQ(channel_->room().messages, 0U);
  clock_.advance(1s);
  EXPECT_EQ(send(), Receipt::queued);  // to another one
}

// One lost message is no reason to kill it.
TEST_F(Exec, KeepsAProgramThatIsSilentAboutOneMessageOnly) {
  start("next; while next; do say sent; done");
  EXPECT_EQ(send(), Receipt::queued);
  clock_.advance(30s);
  EXPECT_EQ(send(), Receipt::queued);
  EXPECT_EQ(receipts(1), std::vector{Receipt::sent});
  clock_.advance(30s);
  EXPECT_EQ(receipts(1), std::vector{Receipt::unknown});
  EXPECT_EQ(send(), Receipt::queued);
  EXPECT_EQ(receipts(1), std::vector{Receipt::sent});
}

TEST_F(Exec, HasRoomForAWindowAndForNothingThatItHasNotSpokenOf) {
  start("i=0; while [ $i -lt 64 ]; do next; i=$((i+1)); done; read -r go; say sent; read -r go");
  const std::size_t room = channel_->room().messages;
  EXPECT_EQ(room, 64U);
  std::vector<Outgoing<playbook::Nudge>> batch;
  for (std::size_t i = 0; i < room + 1; ++i) batch.push_back(message());
  const auto deliveries = channel_->send(batch);
  EXPECT_EQ(deliveries.front().receipt, Receipt::queued);
  EXPECT_EQ(deliveries.back().receipt, Receipt::failed_for_now);
  EXPECT_EQ(channel_->room().messages, 0U);
  EXPECT_EQ(channel_->room().again, kExecBegin + 1s);
}

// Its input is full, and no turn waits for it. What was not written is certainly not sent.
TEST_F(Exec, NeverWaitsForAProgramThatReadsNothing) {
  start("exec sleep 1000");
  std::vector<Outgoing<playbook::Nudge>> batch;
  while (batch.size() < 64) {
    batch.push_back(message());
    // Six times as many bytes in JSON.
    batch.back().address = std::string(1'300, '\x01');
  }
  for (const Delivery& delivery : channel_->send(batch))
    EXPECT_EQ(delivery.receipt, Receipt::queued);
  EXPECT_EQ(channel_->room().messages, 0U);
  clock_.advance(60s);
  const auto all = receipts(64);
  ASSERT_EQ(all.size(), 64U);
  EXPECT_EQ(std::set(all.begin(), all.end()),
            (std::set{Receipt::unknown, Receipt::failed_for_now}));
}

TEST_F(Exec, SkipsWhatIsNoLine) {
  start(
      "next; echo ready; head -c 100000 /dev/zero; echo; head -c 5000 /dev/zero | tr '\\0' x; "
      "echo; "
      "printf '\\377\\376\\n{}\\n'; say sent; read -r line");
  EXPECT_EQ(send(), Receipt::queued);
  EXPECT_EQ(receipts(1), std::vector{Receipt::sent});
}

// What it takes back, again and again, does not fill the journal.
TEST_F(Exec, BelievesSixteenReceiptsOfOneMessage) {
  start("next; i=0; while [ $i -lt 100 ]; do say unknown; say failed-for-now; i=$((i+1)); done");
  EXPECT_EQ(send(), Receipt::queued);
  EXPECT_EQ(receipts(16).size(), 16U);
  while (channel_->trouble().empty()) EXPECT_FALSE(channel_->collect(1ms).has_any());
}

// A flood is taken in pieces, and the rest waits in the pipe.
TEST_F(Exec, ReadsALimitedAmountInOneTurn) {
  start(
      "yes "
      "'{\"type\":\"said\",\"id\":\"a\",\"from\":\"x\",\"text\":\"Y\",\"at\":\"2026-11-22T21:59:"
      "00Z\"}'");
  channel_->collect(1s);
  EXPECT_LT(channel_->collect(1s).said.size(), 20'000U);
}

TEST_F(Exec, TakesNoMessageThatHasExpiredOrIsTooLong) {
  start("while next; do say sent; done");
  auto late = message();
  late.expires = clock_.now();
  EXPECT_EQ(send(late).receipt, Receipt::failed_for_good);
  auto large = message();
  large.address = std::string(8'200, 'x');
  EXPECT_EQ(send(large).receipt, Receipt::failed_for_good);
}

// A single command would be over before the program has said anything.
TEST_F(Exec, IsWaitedForByASingleCommand) {
  start("while next; do say sent; : > said; say delivered; done", Listen::when_asked);
  EXPECT_EQ(send(), Receipt::queued);
  EXPECT_EQ(channel_->collect(0ms).deliveries.size(), 2U);
}

class ExecMake : public testing::Test {
 protected:
  std::string refusal(const std::string& program) {
    const Parts parts{.home = folder_.path(),
                      .relay = {"https://relay.example", {}},
                      .coordinator = identity_,
                      .certificate = certificate_,
                      .incident = identity_,
                      .clock = clock_};
    try {
      ExecChannel::make({{"program", program}}, parts);
    } catch (const base::Fault& fault) {
      EXPECT_FALSE(fault.hint().empty());
      return fault.what();
    }
    return {};
  }
  void write(const char* name, std::filesystem::perms permissions) {
    std::ofstream{folder_.path() / name} << "#!/bin/sh\n";
    std::filesystem::permissions(folder_.path() / name, permissions);
  }

  home::TemporaryFolder folder_;
  base::SeededRandom random_{1};
  seal::Identity identity_ = seal::Identity::generate(random_);
  seal::Certificate certificate_{};
  base::VirtualClock clock_{kExecBegin};
};

TEST_F(ExecMake, RefusesAFileThatIsNoProgramOrThatOthersCanChange) {
  using enum std::filesystem::perms;
  write("good", owner_all | group_read);
  EXPECT_EQ(refusal("good"), "");
  EXPECT_EQ(refusal("/bin/sh"), "");
  write("plain", owner_read | owner_write);
  EXPECT_NE(refusal("plain").find("cannot be executed"), std::string::npos);
  write("shared", owner_all | others_write);
  EXPECT_NE(refusal("shared").find("others can change it"), std::string::npos);
  EXPECT_NE(refusal("gone").find("No such file"), std::string::npos);
  EXPECT_NE(refusal(".").find("no file"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
