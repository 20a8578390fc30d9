#include "channel/twilio_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

using base::bytes_of;

const std::string kSid = "SM0123456789abcdef0123456789abcdef";
const std::string kPath = "/2010-04-01/Accounts/AC1/Messages.json";

std::optional<TwilioPage> page(const std::string& messages, const std::string& next = "null") {
  return parse_twilio_page(
      bytes_of(fmt::format(R"({{"messages":[{}],"next_page_uri":{}}})", messages, next)), kPath);
}

std::string entry(const std::string& sid, const std::string& more,
                  const std::string& created = "Mon, 30 Nov 2026 22:40:00 +0000") {
  return fmt::format(R"({{"sid":"{}","date_created":"{}",{}}})", sid, created, more);
}

TEST(TwilioAnswer, KnowsASid) {
  EXPECT_TRUE(is_twilio_sid(kSid, "SM"));
  EXPECT_FALSE(is_twilio_sid(kSid, "MG"));
  EXPECT_FALSE(is_twilio_sid(kSid + "0", "SM"));
  EXPECT_FALSE(is_twilio_sid("SM0123456789ABCDEF0123456789abcdef", "SM"));
  EXPECT_TRUE(is_twilio_message("MM0123456789abcdef0123456789abcdef"));
  EXPECT_FALSE(is_twilio_message(""));
}

TEST(TwilioAnswer, ReadsItsTimes) {
  EXPECT_EQ(twilio_time("Wed, 22 Feb 2017 02:32:26 +0000"),
            base::from_rfc3339("2017-02-22T02:32:26Z"));
  for (const char* wrong : {"", "Wed, 22 Feb 2017 02:32:26 +0100",
                            "Wed, 22 Fev 2017 02:32:26 +0000", "Wed, 31 Feb 2017 02:32:26 +0000",
                            "Wed, 22 Feb 2017 02:32:66 +0000", "Wed, xx Feb 2017 02:32:26 +0000"})
    EXPECT_FALSE(twilio_time(wrong)) << wrong;
}

TEST(TwilioAnswer, ReadsErrorsAndWhatWasMade) {
  EXPECT_EQ(twilio_error(bytes_of(R"({"code":21211,"status":400})")), 21211);
  for (const char* none : {"", "{", "[]", R"({"code":"21211"})", R"({"code":1.5})"})
    EXPECT_EQ(twilio_error(bytes_of(none)), 0) << none;
  EXPECT_EQ(twilio_made(bytes_of(fmt::format(R"({{"sid":"{}"}})", kSid))), kSid);
  EXPECT_EQ(twilio_made(bytes_of(R"({"sid":7})")), "");
}

TEST(TwilioAnswer, EveryStatusHasItsMeaning) {
  for (const char* open : {"queued", "accepted", "scheduled", "sending", "sent"})
    EXPECT_EQ(twilio_outcome(open, 0)->receipt, Receipt::sent) << open;
  EXPECT_EQ(twilio_outcome("delivered", 0)->receipt, Receipt::delivered);
  EXPECT_EQ(twilio_outcome("canceled", 0)->receipt, Receipt::failed_for_good);
  EXPECT_EQ(twilio_outcome("undelivered", 30003)->receipt, Receipt::failed_for_now);
  for (const int error : {21610, 30004, 30005, 30006, 30007})
    EXPECT_EQ(twilio_outcome("undelivered", error)->receipt, Receipt::failed_for_good) << error;
  EXPECT_EQ(twilio_outcome("failed", 30008)->receipt, Receipt::failed_for_now);
  EXPECT_EQ(twilio_outcome("failed", 0)->receipt, Receipt::failed_for_now);
  EXPECT_FALSE(twilio_outcome("something new", 0));
}

TEST(TwilioAnswer, ReadsAPageInBothDirections) {
  const auto read = page(
      entry(
          kSid,
          R"("direction":"outbound-api","to":"+447700900123","body":"open","status":"undelivered","error_code":30006)") +
          "," +
          entry("SM1123456789abcdef0123456789abcdef",
                R"("direction":"inbound","from":"+447700900124","body":"Y 20","status":"received")",
                "Mon, 30 Nov 2026 22:41:00 +0000"),
      fmt::format(R"("{}?Page=1&PageToken=PASM1")", kPath));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->texts.size(), 1U);
  EXPECT_EQ(read->texts[0].sid, kSid);
  EXPECT_EQ(read->texts[0].to, "+447700900123");
  EXPECT_EQ(read->texts[0].outcome->receipt, Receipt::failed_for_good);
  ASSERT_EQ(read->replies.size(), 1U);
  EXPECT_EQ(read->replies[0].from, "+447700900124");
  EXPECT_EQ(read->replies[0].words, "Y 20");
  EXPECT_EQ(read->replies[0].at, base::from_rfc3339("2026-11-30T22:41:00Z"));
  EXPECT_EQ(read->replies[0].id, said_id("sms", "SM1123456789abcdef0123456789abcdef"));
  EXPECT_EQ(read->newest, base::from_rfc3339("2026-11-30T22:41:00Z"));
  EXPECT_EQ(read->next, kPath + "?Page=1&PageToken=PASM1");
}

TEST(TwilioAnswer, ADamagedEntryHoldsUpNoOther) {
  const auto read =
      page("3,{},[]," + entry("SM1", R"("direction":"inbound")") + "," +
           entry(kSid, R"("direction":"inbound","from":7,"body":"x")") + "," +
           entry(kSid, R"("direction":"inbound","from":"60777","body":"x")") + "," +
           entry(kSid, R"("direction":"inbound","from":"+447700900124","body":"N")", "yesterday") +
           "," + entry(kSid, R"("direction":"inbound","from":"+447700900124","body":5)"));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->replies.size(), 1U);
  EXPECT_EQ(read->replies[0].words, "");
  for (const char* none : {"", "{", "[]", R"({"messages":{}})", R"({"messages":3})"})
    EXPECT_FALSE(parse_twilio_page(bytes_of(none), kPath)) << none;
}

// A page never leads to another address.
TEST(TwilioAnswer, GoesOnWithTheSameListOnly) {
  for (const char* other :
       {"\"https://elsewhere.example/x\"", "\"/2010-04-01/Accounts/AC2/Messages.json?Page=1\"",
        "\"/2010-04-01/Accounts/AC1/Messages.json/x?Page=1\"",
        "\"/2010-04-01/Accounts/AC1/Messages.json? x\"",
        "\"/2010-04-01/Accounts/AC1/Messages.json?\\r\\nX: y\"", "7", "null"})
    EXPECT_EQ(page("", other)->next, "") << other;
}

TEST(TwilioAnswer, ReadsWhatIsPosted) {
  const base::Instant now{std::chrono::hours{500'000}};
  const auto said = twilio_reply(
      *base::read_form("MessageSid=" + kSid + "&From=%2B447700900123&Body=Y+20&To=%2B44"), now);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->from, "+447700900123");
  EXPECT_EQ(said->words, "Y 20");
  EXPECT_EQ(said->at, now);
  EXPECT_EQ(said->id, said_id("sms", kSid));  // as in the list
  const auto is_read = [&](const std::string& form) {
    return twilio_reply(*base::read_form(form), now).has_value();
  };
  EXPECT_FALSE(is_read(""));
  EXPECT_FALSE(is_read("MessageSid=SM1&From=%2B447700900123&Body=Y"));
  EXPECT_FALSE(is_read("MessageSid=" + kSid + "&From=Bank&Body=Y"));
  EXPECT_FALSE(is_read("MessageSid=" + kSid + "&From=%2B447700900123&Body=%ff"));
  const auto lengthy =
      twilio_reply(*base::read_form("MessageSid=" + kSid +
                                    "&From=%2B447700900123&Body=" + std::string(9'000, 'y')),
                   now);
  EXPECT_EQ(lengthy->words.size(), kMostSaidBytes);
}

}  // namespace
}  // namespace tocsin::channel
