#include "channel/signal_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

SignalSent sent(std::string_view json) { return parse_signal_sent(base::bytes_of(json)); }
std::string result(std::string_view type, std::string_view more = "") {
  return fmt::format(R"({{"timestamp":1764547200123,"results":[{{"recipientAddress":{{"uuid":"u",)"
                     R"("number":"+447700900123"}},"type":"{}"{}}}]}})",
                     type, more);
}
std::string ok(std::string_view type, std::string_view more = "") {
  return R"({"jsonrpc":"2.0","id":"x","result":)" + result(type, more) + "}";
}
std::string error(int code, std::string_view data = "null") {
  return fmt::format(R"({{"jsonrpc":"2.0","id":"x","error":{{"code":{},"message":"+447700900123",)"
                     R"("data":{}}}}})",
                     code, data);
}
std::string envelope(std::string_view more) {
  return fmt::format(
      R"({{"envelope":{{"source":"+447700900123","sourceNumber":"+447700900123","sourceUuid":"u",)"
      R"("sourceName":"Ana","sourceDevice":1,"timestamp":1764547200123,)"
      R"("serverReceivedTimestamp":1764547201000,"serverDeliveredTimestamp":1764547202000,{}}},)"
      R"("account":"+447700900000"}})",
      more);
}

TEST(SignalAnswer, SaysWhatBecameOfAMessage) {
  EXPECT_EQ(sent(ok("SUCCESS")).outcome, SignalOutcome::sent);
  EXPECT_EQ(sent(ok("SUCCESS")).time, 1'764'547'200'123);
  EXPECT_EQ(sent(ok("UNREGISTERED_FAILURE")).outcome, SignalOutcome::unregistered);
  EXPECT_EQ(sent(ok("IDENTITY_FAILURE")).outcome, SignalOutcome::untrusted);
  EXPECT_EQ(sent(ok("NETWORK_FAILURE")).outcome, SignalOutcome::failed_for_now);
  EXPECT_EQ(sent(ok("INVALID_PRE_KEY_FAILURE")).outcome, SignalOutcome::failed_for_now);
  const SignalSent limited = sent(ok("RATE_LIMIT_FAILURE", R"(,"retryAfterSeconds":86400)"));
  EXPECT_EQ(limited.outcome, SignalOutcome::limited);
  EXPECT_EQ(limited.retry_after, 24h);
}

TEST(SignalAnswer, ReadsAnErrorByItsResultsFirst) {
  EXPECT_EQ(sent(error(-3, R"({"response":)" + result("UNREGISTERED_FAILURE") + "}")).outcome,
            SignalOutcome::unregistered);
  EXPECT_EQ(sent(error(-1)).outcome, SignalOutcome::refused);
  EXPECT_EQ(sent(error(-3)).outcome, SignalOutcome::failed_for_now);
  EXPECT_EQ(sent(error(-4)).outcome, SignalOutcome::untrusted);
  EXPECT_EQ(sent(error(-5)).outcome, SignalOutcome::limited);
  EXPECT_EQ(sent(error(-6)).outcome, SignalOutcome::limited);
  EXPECT_EQ(sent(error(-32601)).outcome, SignalOutcome::refused);
}

TEST(SignalAnswer, IsUnclearWhenItMakesNoSense) {
  for (const char* json : {"", "<html>", "{}", "[]", R"({"result":{}})",
                           R"({"result":{"results":[]}})", R"({"result":{"results":[{}]}})",
                           R"({"result":{"results":["SUCCESS"]}})", R"({"error":"no"})"})
    EXPECT_EQ(sent(json).outcome, SignalOutcome::unclear) << json;
  const SignalSent odd = sent(ok("RATE_LIMIT_FAILURE", R"(,"retryAfterSeconds":-7)"));
  EXPECT_EQ(odd.retry_after, 0s);
  EXPECT_EQ(sent(ok("RATE_LIMIT_FAILURE", R"(,"retryAfterSeconds":1e300)")).retry_after, 0s);
}

TEST(SignalAnswer, HearsWords) {
  const auto heard = parse_signal_event(envelope(
      R"("dataMessage":{"timestamp":1764547200123,"message":"yes 25","expiresInSeconds":0})"));
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->from, "+447700900123");
  EXPECT_EQ(heard->words, "yes 25");
  EXPECT_EQ(heard->at, base::Instant{1'764'547'201'000ms});
  EXPECT_EQ(heard->about, 0);
  const auto quoting = parse_signal_event(
      envelope(R"("dataMessage":{"message":"N","quote":{"id":1764547100000,"text":"?"}})"));
  EXPECT_EQ(quoting->about, 1'764'547'100'000);
  const auto edited = parse_signal_event(
      envelope(R"("editMessage":{"targetSentTimestamp":1,"dataMessage":{"message":"no"}})"));
  EXPECT_EQ(edited->words, "no");
}

TEST(SignalAnswer, HearsAVoteForOneOption) {
  const auto vote = [](std::string_view indexes) {
    return parse_signal_event(envelope(
        fmt::format(R"("dataMessage":{{"message":null,"pollVote":{{"authorNumber":"+447700900000",)"
                    R"("targetSentTimestamp":1764547100000,"optionIndexes":{},"voteCount":1}}}})",
                    indexes)));
  };
  ASSERT_TRUE(vote("[2]"));
  EXPECT_EQ(vote("[2]")->option, 2U);
  EXPECT_EQ(vote("[2]")->about, 1'764'547'100'000);
  for (const char* indexes : {"[]", "[1,2]", "[-1]", "[\"1\"]", "null", "1", "[0.5]"})
    EXPECT_FALSE(vote(indexes)) << indexes;
}

TEST(SignalAnswer, HearsReceipts) {
  const auto receipt = [](std::string_view is) {
    return parse_signal_event(envelope(fmt::format(
        R"("receiptMessage":{{"when":1,{},"timestamps":[1764547100000,-1,"x",1764547100001]}})",
        is)));
  };
  const auto delivered = receipt(R"("isDelivery":true,"isRead":false,"isViewed":false)");
  ASSERT_TRUE(delivered);
  EXPECT_EQ(delivered->receipt, Receipt::delivered);
  EXPECT_EQ(delivered->receipts, (std::vector<SignalTime>{1'764'547'100'000, 1'764'547'100'001}));
  EXPECT_EQ(receipt(R"("isDelivery":false,"isRead":true)")->receipt, Receipt::read);
  EXPECT_FALSE(receipt(R"("isDelivery":false,"isRead":false)"));
}

TEST(SignalAnswer, HearsNothingElse) {
  for (const std::string& data :
       {std::string{}, std::string{"{"}, std::string{"[]"}, envelope(R"("typingMessage":{})"),
        envelope(R"("dataMessage":null)"), envelope(R"("dataMessage":{"message":null})"),
        envelope(R"("dataMessage":{"message":7})"),
        envelope(R"("dataMessage":{"message":"Y","groupInfo":{"groupId":"g"}})"),
        envelope(R"("syncMessage":{"sentMessage":{"message":"Y"}})"),
        std::string{R"({"envelope":{"sourceNumber":null,"sourceUuid":"u","timestamp":1,)"
                    R"("dataMessage":{"message":"Y"}}})"},
        std::string{R"({"envelope":{"sourceNumber":"Ana","timestamp":1,)"
                    R"("dataMessage":{"message":"Y"}}})"},
        std::string{R"({"envelope":{"sourceNumber":"+447700900123",)"
                    R"("dataMessage":{"message":"Y"}}})"}})
    EXPECT_FALSE(parse_signal_event(data)) << data;
}

}  // namespace
}  // namespace tocsin::channel
