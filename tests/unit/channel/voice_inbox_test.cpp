#include "channel/voice_inbox.h"

#include <gtest/gtest.h>

#include "seal/entropy.h"

namespace tocsin::channel {
namespace {

const base::Instant kVoiceNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
const std::string kCall = "CallSid=CA0123456789abcdef0123456789abcdef&To=%2B447700900123";

class VoiceInboxTest : public testing::Test {
 protected:
  Collected posted(const std::string& query, const std::string& more) {
    const std::string body = kCall + more;
    const base::ByteView bytes = base::bytes_of(body);
    Collected collected;
    inbox_.take({"voice", kVoiceNight, query, {bytes.begin(), bytes.end()}}, collected);
    return collected;
  }
  std::string query(const std::string& step = "") const {
    return "m=" + seal::to_text(message_) + (step.empty() ? "" : "&s=" + step);
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kVoiceNight};
  seal::MessageId message_ = seal::random_message_id(entropy_);
  VoiceInbox inbox_{
      wire::CallDialect::twiml,
      HookedAt{{"http://127.0.0.1:9", {}}, seal::Identity::generate(entropy_), "voice", ""},
      clock_};
};

TEST_F(VoiceInboxTest, AKeyIsAnAnswerOfTheNumberThatWasCalled) {
  const Collected first = posted(query("choice"), "&Digits=1");
  ASSERT_EQ(first.deliveries.size(), 1U);
  EXPECT_EQ(first.deliveries[0].id, message_);
  EXPECT_EQ(first.deliveries[0].receipt, Receipt::delivered);
  ASSERT_EQ(first.said.size(), 1U);
  EXPECT_EQ(first.said[0].from, "+447700900123");
  EXPECT_EQ(first.said[0].words, "Y");
  EXPECT_EQ(first.said[0].about, message_);
  EXPECT_EQ(first.said[0].at, kVoiceNight);
  const Collected second = posted(query("minutes"), "&Digits=25");
  EXPECT_TRUE(second.deliveries.empty());  // it was heard already
  ASSERT_EQ(second.said.size(), 1U);
  EXPECT_EQ(second.said[0].words, "Y 25");
  EXPECT_NE(second.said[0].id, first.said[0].id);
  // After a restart it is read again, and has the same id.
  VoiceInbox other{
      wire::CallDialect::twiml,
      HookedAt{{"http://127.0.0.1:9", {}}, seal::Identity::generate(entropy_), "voice", ""},
      clock_};
  Collected again;
  const std::string body = kCall + "&Digits=25";
  const base::ByteView bytes = base::bytes_of(body);
  other.take({"voice", kVoiceNight, query("minutes"), {bytes.begin(), bytes.end()}}, again);
  EXPECT_EQ(again.said.at(0).id, second.said[0].id);
}

TEST_F(VoiceInboxTest, WhatBecameOfACallIsToldApart) {
  const auto why = [&](const std::string& status, const std::string& by = "") {
    const Collected collected =
        posted("m=" + seal::to_text(seal::random_message_id(entropy_)),
               "&CallStatus=" + status + (by.empty() ? "" : "&AnsweredBy=" + by));
    if (collected.deliveries.empty()) return std::string{};
    EXPECT_EQ(collected.deliveries[0].receipt, Receipt::failed_for_good);
    return collected.deliveries[0].reason;
  };
  EXPECT_EQ(why("busy"), "the line was busy");
  EXPECT_EQ(why("no-answer"), "nobody answered");
  EXPECT_EQ(why("failed"), "the call could not be put through");
  EXPECT_EQ(why("canceled"), "the call could not be put through");
  EXPECT_EQ(why("completed", "machine_start"), "a machine answered");
  EXPECT_EQ(why("completed", "fax"), "a machine answered");
  EXPECT_EQ(why("completed", "human"), "somebody answered, and pressed no key");
  EXPECT_EQ(why("completed"), "somebody answered, and pressed no key");
  for (const char* open : {"queued", "ringing", "in-progress", "something new"})
    EXPECT_EQ(why(open), "") << open;
}

TEST_F(VoiceInboxTest, TheEndOfACallThatWasHeardUndoesNothing) {
  EXPECT_EQ(posted(query("heard"), "&Digits=1").deliveries.size(), 1U);
  EXPECT_FALSE(posted(query(), "&CallStatus=completed&AnsweredBy=human").has_any());
}

TEST_F(VoiceInboxTest, ASilentGatherIsNoAnswer) {
  EXPECT_FALSE(posted(query("choice"), "&CallStatus=in-progress&Digits=").has_any());
}

TEST_F(VoiceInboxTest, APostThatMakesNoSenseIsLeftOut) {
  EXPECT_FALSE(posted("%", "&CallStatus=busy").has_any());
  EXPECT_FALSE(posted("m=short", "&CallStatus=busy").has_any());
  EXPECT_FALSE(posted(query(), "&CallStatus=%").has_any());
  Collected collected;
  const std::string body = "CallStatus=busy";
  const base::ByteView bytes = base::bytes_of(body);
  inbox_.take({"voice", kVoiceNight, query(), {bytes.begin(), bytes.end()}}, collected);
  EXPECT_FALSE(collected.has_any());
}

// It names the machine first, and then only that the call is over.
class VonageInbox : public testing::Test {
 protected:
  Collected posted(const std::string& query, const std::string& more, const char* id = "uuid") {
    const std::string body = std::string{R"({")"} + id +
                             R"(":"63f61863-4a51-4f6b-86e1-46edebcf9356","to":"447700900123",)" +
                             more + "}";
    Collected collected;
    const base::ByteView bytes = base::bytes_of(body);
    inbox_.take({"voice", kVoiceNight, query, {bytes.begin(), bytes.end()}}, collected);
    return collected;
  }
  std::string why(const std::vector<std::string>& statuses) {
    const std::string query = "m=" + seal::to_text(seal::random_message_id(entropy_));
    std::string reasons;
    for (const std::string& status : statuses)
      for (const Delivery& delivery :
           posted(query, R"("status":")" + status + '"', status == "machine" ? "call_uuid" : "uuid")
               .deliveries) {
        EXPECT_EQ(delivery.receipt, Receipt::failed_for_good);
        reasons += delivery.reason + ";";
      }
    return reasons;
  }

  seal::Entropy entropy_;
  base::VirtualClock clock_{kVoiceNight};
  seal::MessageId message_ = seal::random_message_id(entropy_);
  VoiceInbox inbox_{
      wire::CallDialect::ncco,
      HookedAt{{"http://127.0.0.1:9", {}}, seal::Identity::generate(entropy_), "voice", ""},
      clock_};
};

TEST_F(VonageInbox, AKeyIsAnAnswerOfTheNumberThatWasCalled) {
  const std::string query = "m=" + seal::to_text(message_);
  const Collected heard = posted(query + "&s=choice", R"("dtmf":{"digits":"4","timed_out":false})");
  ASSERT_EQ(heard.deliveries.size(), 1U);
  EXPECT_EQ(heard.deliveries[0].receipt, Receipt::delivered);
  ASSERT_EQ(heard.said.size(), 1U);
  EXPECT_EQ(heard.said[0].from, "+447700900123");
  EXPECT_EQ(heard.said[0].words, "N");
  EXPECT_FALSE(posted(query, R"("status":"completed")").has_any());
  EXPECT_FALSE(posted(query + "&s=choice", R"("dtmf":{"digits":"","timed_out":true})").has_any());
}

TEST_F(VonageInbox, WhatBecameOfACallIsToldApartAndOnce) {
  EXPECT_EQ(why({"started", "ringing", "busy", "completed"}), "the line was busy;");
  EXPECT_EQ(why({"unanswered"}), "nobody answered;");
  EXPECT_EQ(why({"timeout", "completed"}), "nobody answered;");
  for (const char* status : {"rejected", "failed", "cancelled"})
    EXPECT_EQ(why({status}), "the call could not be put through;") << status;
  EXPECT_EQ(why({"answered", "machine", "completed"}), "a machine answered;");
  EXPECT_EQ(why({"answered", "human", "completed"}), "somebody answered, and pressed no key;");
  EXPECT_EQ(why({"started", "ringing", "answered", "machine", "something new"}), "");
}

}  // namespace
}  // namespace tocsin::channel
