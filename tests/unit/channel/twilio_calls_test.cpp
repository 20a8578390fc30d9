#include "channel/twilio_calls.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/form.h"

namespace tocsin::channel {
namespace {

const TwilioCalls kTwilioExchange{TwilioAccess{
    "https://api.example", "AC0123456789abcdef0123456789abcdef", seal::SecretText{"token"}}};

HttpAnswer twilio_says(int status, std::string_view body) {
  HttpAnswer answer;
  answer.failure = HttpFailure::none;
  answer.status = status;
  answer.body.assign(body.begin(), body.end());
  return answer;
}
Receipt twilio_verdict(int status, std::string_view body) {
  return kTwilioExchange.verdict_of(twilio_says(status, body)).receipt;
}
Verdict twilio_refusal(int status, int code) {
  return kTwilioExchange.verdict_of(
      twilio_says(status, fmt::format(R"({{"code":{},"message":"to 442079460123"}})", code)));
}

TEST(TwilioCalls, RingsWithItsFirstWords) {
  const HttpRequest request = kTwilioExchange.request_of({"+447700900123",
                                                          "+442079460000",
                                                          {"BRAVO.", "https://h/hook/v?m=1&s=c"},
                                                          "https://h/hook/v?m=1"});
  EXPECT_EQ(request.method, "POST");
  EXPECT_TRUE(request.url.ends_with("/Calls.json"));
  const auto form = base::read_form(base::text_of(request.body));
  ASSERT_TRUE(form);
  EXPECT_EQ(base::value_of(*form, "To"), "+447700900123");
  EXPECT_EQ(base::value_of(*form, "From"), "+442079460000");
  EXPECT_EQ(base::value_of(*form, "StatusCallback"), "https://h/hook/v?m=1");
  EXPECT_NE(base::value_of(*form, "Twiml").find("action=\"https://h/hook/v?m=1&amp;s=c\""),
            std::string_view::npos);
}

TEST(TwilioCalls, EveryAnswerHasItsMeaning) {
  const std::string made = R"({"sid":"CA0123456789abcdef0123456789abcdef","status":"queued"})";
  EXPECT_EQ(twilio_verdict(201, made), Receipt::sent);
  EXPECT_EQ(twilio_verdict(201, "{}"), Receipt::unknown);
  EXPECT_EQ(twilio_verdict(200, made), Receipt::unknown);
  EXPECT_EQ(twilio_verdict(301, ""), Receipt::failed_for_good);
  for (const int code : {13227, 21210, 21211, 21215, 99999})
    EXPECT_EQ(twilio_refusal(400, code).receipt, Receipt::failed_for_good) << code;
  EXPECT_EQ(twilio_refusal(429, 20429).receipt, Receipt::failed_for_now);
  EXPECT_TRUE(twilio_refusal(429, 20429).is_busy);
  EXPECT_EQ(twilio_refusal(401, 20003).receipt, Receipt::failed_for_now);
  EXPECT_EQ(twilio_refusal(503, 0).receipt, Receipt::failed_for_now);
  for (const int status : {400, 401, 429, 500})
    EXPECT_EQ(twilio_refusal(status, 21211).reason.find("2079460123"), std::string::npos);
}

}  // namespace
}  // namespace tocsin::channel
