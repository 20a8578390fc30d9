#include "channel/whatsapp_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "unit/channel/hook_box.h"
#include "unit/home/temporary_folder.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kWaNight{1'764'547'200s};
const std::string kWaName = "wamid.HBgMNDQ3NzAwOTAwMTIz";

class WhatsAppInboxTest : public testing::Test {
 protected:
  WhatsAppInbox inbox() {
    return {"106540352242922", folder_.path() / "whatsapp.sent", clock_, box_.at()};
  }
  void post(std::string_view value) {
    box_.post(
        fmt::format(
            R"({{"entry":[{{"changes":[{{"value":{{"metadata":{{"phone_number_id":"106540352242922"}},{}}}}}]}}]}})",
            value),
        kWaNight);
  }
  void says(std::string_view rest, std::string_view timestamp = "1764547100") {
    post(
        fmt::format(R"("messages":[{{"from":"447700900123","id":"wamid.{}","timestamp":"{}",{}}}])",
                    ++count_, timestamp, rest));
  }
  void becomes(std::string_view status, std::string_view name = "wamid.1") {
    post(fmt::format(R"("statuses":[{{"id":"{}","status":"{}","biz_opaque_callback_data":"{}",)"
                     R"("errors":[{{"code":131026}}]}}])",
                     name, status, seal::to_text(id_)));
  }
  std::vector<Receipt> receipts() {
    WhatsAppInbox inbox = this->inbox();
    std::vector<Receipt> all;
    for (const Delivery& delivery : inbox.ask().collected.deliveries) {
      EXPECT_EQ(delivery.id, id_);
      all.push_back(delivery.receipt);
    }
    return all;
  }

  home::TemporaryFolder folder_;
  seal::Entropy entropy_;
  base::VirtualClock clock_{kWaNight};
  HookBox box_{"whatsapp"};
  seal::MessageId id_ = seal::random_message_id(entropy_);
  int count_ = 0;
};

TEST_F(WhatsAppInboxTest, HearsWordsAndTaps) {
  says(R"("type":"text","text":{"body":"Y 20"})");
  says(fmt::format(R"("type":"button","button":{{"payload":"{}:N","text":"x"}})",
                   seal::to_text(id_)));
  const Collected heard = inbox().ask().collected;
  ASSERT_EQ(heard.said.size(), 2U);
  EXPECT_EQ(heard.said[0].words, "Y 20");
  EXPECT_EQ(heard.said[0].at, kWaNight - 100s);
  EXPECT_EQ(heard.said[0].about, std::nullopt);
  EXPECT_EQ(heard.said[1].words, "N");
  EXPECT_EQ(heard.said[1].about, id_);
  // Another process hears the same, under the same ids.
  const Collected again = inbox().ask().collected;
  ASSERT_EQ(again.said.size(), 2U);
  EXPECT_EQ(again.said[1].id, heard.said[1].id);
}

TEST_F(WhatsAppInboxTest, KnowsWhichMessageIsQuotedAlsoAfterARestart) {
  inbox().expect(kWaName, {id_, "+447700900123", true});
  says(fmt::format(R"("type":"text","context":{{"id":"{}"}},"text":{{"body":"N"}})", kWaName));
  says(R"("type":"text","context":{"id":"wamid.other"},"text":{"body":"Y"})");
  says(fmt::format(R"("type":"reaction","reaction":{{"message_id":"{}","emoji":"x"}})", kWaName));
  says(R"("type":"reaction","reaction":{"message_id":"wamid.other","emoji":"x"})");
  const Collected heard = inbox().ask().collected;
  ASSERT_EQ(heard.said.size(), 3U);
  EXPECT_EQ(heard.said[0].about, id_);
  EXPECT_EQ(heard.said[1].about, std::nullopt);
  EXPECT_EQ(heard.said[2].about, id_);
  EXPECT_EQ(heard.said[2].words, "");
}

// WhatsApp's name of a message holds the number, in base64.
TEST_F(WhatsAppInboxTest, KeepsNoNameThatTellsTheNumber) {
  inbox().expect(kWaName, {id_, "+447700900123", true});
  const std::string kept = base::read_file(folder_.path() / "whatsapp.sent", 1'000);
  EXPECT_NE(kept.find(seal::to_text(id_)), std::string::npos);
  EXPECT_EQ(kept.find("NDQ3NzAw"), std::string::npos);
  EXPECT_EQ(kept.find("wamid"), std::string::npos);
}

TEST_F(WhatsAppInboxTest, TakesOnlyWhatIsFurther) {
  for (const char* status : {"sent", "delivered", "read"}) becomes(status);
  EXPECT_EQ(receipts(), (std::vector<Receipt>{Receipt::sent, Receipt::delivered, Receipt::read}));
  box_.clear();
  for (const char* status : {"read", "delivered", "read", "sent", "failed"}) becomes(status);
  EXPECT_EQ(receipts(), (std::vector<Receipt>{Receipt::read}));
  box_.clear();
  for (const char* status : {"failed", "sent", "failed"}) becomes(status);
  EXPECT_EQ(receipts(), (std::vector<Receipt>{Receipt::failed_for_good}));
}

// A message that failed for now is sent again, under another name of WhatsApp's.
TEST_F(WhatsAppInboxTest, EachAttemptHasItsOwnEnd) {
  becomes("failed", "wamid.1");
  becomes("failed", "wamid.2");
  becomes("delivered", "wamid.2");
  EXPECT_EQ(receipts(), (std::vector<Receipt>{Receipt::failed_for_good, Receipt::failed_for_good,
                                              Receipt::delivered}));
}

TEST_F(WhatsAppInboxTest, NothingIsSaidAfterItWasPosted) {
  says(R"("type":"text","text":{"body":"Y 20"})", "1764550000");
  EXPECT_EQ(inbox().ask().collected.said.at(0).at, kWaNight);
}

}  // namespace
}  // namespace tocsin::channel
