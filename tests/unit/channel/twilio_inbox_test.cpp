#include "channel/twilio_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "seal/entropy.h"
#include "unit/channel/push_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kTwilioNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h};
const std::string kInboxSid = "SM0123456789abcdef0123456789abcdef";

// Twilio's list and the relay are one service here: a list is JSON, a mailbox is not.
class TwilioInboxTest : public testing::Test {
 protected:
  std::unique_ptr<TwilioInbox> inbox() {
    return std::make_unique<TwilioInbox>(
        access_, clock_,
        HookedAt{{relay_.origin(), {}},
                 seal::Identity::from_secret_halves(key_.secret_halves().view()),
                 "sms",
                 ""});
  }
  void will_be_posted(std::vector<std::pair<std::string, std::string>> posts) {
    std::vector<wire::Item> items;
    for (const auto& [query, body] : posts) {
      const base::ByteView bytes = base::bytes_of(body);
      const wire::Hooked post{"sms", clock_.now(), query, {bytes.begin(), bytes.end()}};
      items.push_back({++cursor_, wire::ItemKind::hooked, seal::random_message_id(entropy_),
                       clock_.now() + 24h,
                       wire::seal(post, key_.public_identity().seal, entropy_)});
    }
    relay_.will_say({"200 OK"});
    relay_.will_say_more(std::string{base::text_of(wire::encode_items(items))});
  }
  void will_list(const std::string& entries) {
    twilio_.will_say({"200 OK"});
    twilio_.will_say_more(fmt::format(R"({{"messages":[{}],"next_page_uri":null}})", entries));
  }
  static std::string status(const std::string& word, const std::string& error = "") {
    return "MessageSid=" + kInboxSid + "&MessageStatus=" + word +
           (error.empty() ? "" : "&ErrorCode=" + error);
  }

  seal::Entropy entropy_;
  seal::Identity key_ = seal::Identity::generate(entropy_);
  base::VirtualClock clock_{kTwilioNight};
  PushService twilio_;
  PushService relay_;
  TwilioAccess access_{twilio_.origin(), "AC0123456789abcdef0123456789abcdef",
                       seal::SecretText{"token"}};
  std::uint64_t cursor_ = 0;
  seal::MessageId message_ = seal::random_message_id(entropy_);
};

TEST_F(TwilioInboxTest, APostSaysWhatBecameOfATextOfAnEarlierProcess) {
  will_list("");
  will_be_posted({{"m=" + seal::to_text(message_), status("sent")},
                  {"m=" + seal::to_text(message_), status("delivered")},
                  {"m=" + seal::to_text(message_), status("sent")}});  // late
  const auto inbox = this->inbox();
  const Polling::Asked asked = inbox->ask();
  ASSERT_EQ(asked.collected.deliveries.size(), 2U);
  EXPECT_EQ(asked.collected.deliveries[0].receipt, Receipt::sent);
  EXPECT_EQ(asked.collected.deliveries[1].receipt, Receipt::delivered);
  EXPECT_EQ(asked.collected.deliveries[1].id, message_);
}

TEST_F(TwilioInboxTest, WhatListAndHookBothSayCountsOnce) {
  const auto inbox = this->inbox();
  inbox->expect(message_, kInboxSid, "+447700900123", "open");
  will_be_posted(
      {{"m=" + seal::to_text(message_), status("undelivered", "30006")},
       {"", "MessageSid=SM1123456789abcdef0123456789abcdef&From=%2B447700900123&Body=Y"}});
  will_list(fmt::format(
      R"({{"sid":"{}","date_created":"Sun, 22 Nov 2026 22:00:00 +0000","direction":"outbound-api","to":"+447700900123","body":"open","status":"undelivered","error_code":30006}},)"
      R"({{"sid":"SM1123456789abcdef0123456789abcdef","date_created":"Sun, 22 Nov 2026 22:00:00 +0000","direction":"inbound","from":"+447700900123","body":"Y","status":"received"}})",
      kInboxSid));
  const Polling::Asked asked = inbox->ask();
  ASSERT_EQ(asked.collected.deliveries.size(), 1U);
  EXPECT_EQ(asked.collected.deliveries[0].receipt, Receipt::failed_for_good);
  EXPECT_EQ(asked.collected.said.size(), 1U);
}

TEST_F(TwilioInboxTest, APostThatMakesNoSenseIsLeftOut) {
  will_list("");
  will_be_posted({{"m=" + seal::to_text(message_), "%"},
                  {"%", status("delivered")},
                  {"m=short", status("delivered")},
                  {"m=" + seal::to_text(message_), status("something new")},
                  {"", "Body=Y"}});
  const Polling::Asked asked = inbox()->ask();
  EXPECT_FALSE(asked.collected.has_any());
  EXPECT_EQ(asked.trouble, "");
}

TEST_F(TwilioInboxTest, TheListIsReadWhenTheHookCannotBe) {
  relay_.will_say({"503 Down"});
  will_list(fmt::format(
      R"({{"sid":"{}","date_created":"Sun, 22 Nov 2026 22:00:00 +0000","direction":"inbound","from":"+447700900123","body":"Y"}})",
      kInboxSid));
  const Polling::Asked asked = inbox()->ask();
  EXPECT_EQ(asked.collected.said.size(), 1U);
  EXPECT_EQ(asked.trouble, "the hook sms cannot be read: the relay is busy");
}

// 30 s beside a hook.
TEST_F(TwilioInboxTest, TheListIsAskedLessOftenBesideAHook) {
  will_list("");
  will_be_posted({});
  const auto inbox = this->inbox();
  inbox->expect(message_, kInboxSid, "+447700900123", "open");
  inbox->ask();
  clock_.advance(29s);
  inbox->ask();
  EXPECT_EQ(twilio_.requests().size(), 1U);
  clock_.advance(1s);
  inbox->ask();
  EXPECT_EQ(twilio_.requests().size(), 2U);
}

}  // namespace
}  // namespace tocsin::channel
