#include "channel/viber_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "unit/channel/hook_box.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kViberEvening{1'764'547'200s};
const std::string kViberAna = "01234567890A=";
const std::string kViberBen = "01234567890B=";

class ViberInboxTest : public testing::Test {
 protected:
  ViberInbox inbox() { return {folder_.path() / "viber.sent", clock_, box_.at()}; }
  void says(const std::string& from, std::string_view text, std::int64_t at = 1'764'547'100'000) {
    box_.post(fmt::format(
                  R"({{"event":"message","timestamp":{},"message_token":{},"sender":{{"id":"{}"}},)"
                  R"("message":{{"type":"text","text":"{}"}}}})",
                  at, ++count_, from, text),
              kViberEvening);
  }
  void becomes(std::string_view event, const std::string& person = kViberAna, int token = 77) {
    box_.post(fmt::format(R"({{"event":"{}","timestamp":1,"message_token":{},"user_id":"{}"}})",
                          event, token, person),
              kViberEvening);
  }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  base::VirtualClock clock_{kViberEvening};
  HookBox box_{"viber"};
  seal::MessageId id_ = seal::random_message_id(entropy_);
  seal::MessageId other_ = seal::random_message_id(entropy_);
  int count_ = 0;
};

TEST_F(ViberInboxTest, HearsWordsAndTaps) {
  says(kViberAna, "Y 20");
  says(kViberBen, seal::to_text(id_) + ":N", 1'764'550'000'000);
  const Collected heard = inbox().ask().collected;
  ASSERT_EQ(heard.said.size(), 2U);
  EXPECT_EQ(heard.said[0].words, "Y 20");
  EXPECT_EQ(heard.said[0].at, kViberEvening - 100s);
  EXPECT_EQ(heard.said[1].words, "N");
  EXPECT_EQ(heard.said[1].about, id_);
  EXPECT_EQ(heard.said[1].at,
            kViberEvening);  // nothing is said after it was posted
}

TEST_F(ViberInboxTest, ATapOfABroadcastIsAboutThePersonsOwnMessageAlsoAfterARestart) {
  const seal::MessageId broadcast = seal::random_message_id(entropy_);
  {
    ViberInbox before = inbox();
    before.expect_taps(broadcast, {id_, kViberAna, true});
    before.expect_taps(broadcast, {other_, kViberBen, true});
  }
  says(kViberAna, seal::to_text(broadcast) + ":LR");
  says(kViberBen, seal::to_text(broadcast) + ":N");
  says("01234567890C=",
       seal::to_text(broadcast) + ":N");  // it did not go to them
  const Collected heard = inbox().ask().collected;
  ASSERT_EQ(heard.said.size(), 3U);
  EXPECT_EQ(heard.said[0].about, id_);
  EXPECT_EQ(heard.said[1].about, other_);
  EXPECT_EQ(heard.said[2].about, broadcast);  // of no incident
  const std::string kept = base::read_file(folder_.path() / "viber.sent", 1'000);
  EXPECT_EQ(kept.find("01234567890"), std::string::npos);
}

TEST_F(ViberInboxTest, BelievesAReceiptOfWhomTheMessageWentToAlone) {
  ViberInbox inbox = this->inbox();
  EXPECT_EQ(inbox.expect_receipts("77", {id_, kViberAna, true}), Receipt::sent);
  becomes("delivered");
  becomes("seen");
  becomes("seen", kViberBen);
  becomes("seen", kViberAna, 78);
  const Collected heard = inbox.ask().collected;
  ASSERT_EQ(heard.deliveries.size(), 2U);
  EXPECT_EQ(heard.deliveries[0].id, id_);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::delivered);
  EXPECT_EQ(heard.deliveries[1].receipt, Receipt::read);
  // What came before the answer to the request.
  EXPECT_EQ(inbox.expect_receipts("78", {other_, kViberAna, true}), Receipt::read);
}

TEST_F(ViberInboxTest, TakesOnlyWhatIsFurther) {
  ViberInbox inbox = this->inbox();
  inbox.expect_receipts("77", {id_, kViberAna, true});
  for (const char* event : {"seen", "delivered", "seen", "failed"}) becomes(event);
  EXPECT_EQ(inbox.ask().collected.deliveries.size(), 1U);
}

}  // namespace
}  // namespace tocsin::channel
