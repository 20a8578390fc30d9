#include "wire/call_dialect.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tocsin::wire {
namespace {

using base::bytes_of;
using nlohmann::json;

std::optional<CallNews> twilio_said(std::string_view body) {
  return read_call_news(CallDialect::twiml, bytes_of(body));
}
std::optional<CallNews> vonage_said(std::string_view body) {
  return read_call_news(CallDialect::ncco, bytes_of(body));
}
json ncco(const CallTurn& turn) { return json::parse(write_turn(CallDialect::ncco, turn)); }

const CallTurn kAsking{"One <b> & \"two\"\n.", "https://h/hook/v?m=1&s=choice"};

TEST(CallDialect, TwilioPostsAForm) {
  const auto news = twilio_said(
      "CallSid=CA0123456789abcdef0123456789abcdef&To=%2B447700900123&From=%2B442079460000"
      "&CallStatus=in-progress&Digits=25");
  ASSERT_TRUE(news);
  EXPECT_EQ(news->call, "CA0123456789abcdef0123456789abcdef");
  EXPECT_EQ(news->called, "+447700900123");
  EXPECT_EQ(news->caller, "+442079460000");
  EXPECT_EQ(news->keys, "25");
  EXPECT_FALSE(news->is_silent || news->is_machine || news->end);
  for (const auto& [status, end] :
       std::vector<std::pair<std::string, CallEnd>>{{"completed", CallEnd::hung_up},
                                                    {"busy", CallEnd::busy},
                                                    {"no-answer", CallEnd::unanswered},
                                                    {"failed", CallEnd::not_put_through},
                                                    {"canceled", CallEnd::not_put_through}})
    EXPECT_EQ(twilio_said("CallStatus=" + status)->end, end) << status;
  EXPECT_FALSE(twilio_said("CallStatus=ringing")->end);
  EXPECT_TRUE(twilio_said("AnsweredBy=machine_end_beep")->is_machine);
  EXPECT_TRUE(twilio_said("AnsweredBy=fax")->is_machine);
  EXPECT_FALSE(twilio_said("AnsweredBy=human")->is_machine);
}

// The examples of Vonage's reference of webhooks.
TEST(CallDialect, VonagePostsJson) {
  const auto news = vonage_said(
      R"({"speech":{"results":[]},"dtmf":{"digits":"42","timed_out":true},"from":"442079460000",)"
      R"("to":"447700900000","uuid":"aaaaaaaa-bbbb-cccc-dddd-0123456789ab",)"
      R"("conversation_uuid":"CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab",)"
      R"("timestamp":"2020-01-01T14:00:00.000Z"})");
  ASSERT_TRUE(news);
  EXPECT_EQ(news->call, "aaaaaaaa-bbbb-cccc-dddd-0123456789ab");
  EXPECT_EQ(news->called, "+447700900000");
  EXPECT_EQ(news->caller, "+442079460000");
  EXPECT_EQ(news->keys, "42");
  EXPECT_FALSE(news->is_silent || news->is_machine || news->end);
  EXPECT_TRUE(vonage_said(R"({"dtmf":{"digits":"","timed_out":true}})")->is_silent);
  EXPECT_FALSE(vonage_said(R"({"dtmf":{"digits":"","timed_out":false}})")->is_silent);
  const auto machine = vonage_said(R"({"call_uuid":"aaaa-1","status":"machine"})");
  EXPECT_EQ(machine->call, "aaaa-1");
  EXPECT_TRUE(machine->is_machine);
  EXPECT_FALSE(machine->end);
  for (const auto& [status, end] :
       std::vector<std::pair<std::string, CallEnd>>{{"completed", CallEnd::hung_up},
                                                    {"busy", CallEnd::busy},
                                                    {"timeout", CallEnd::unanswered},
                                                    {"unanswered", CallEnd::unanswered},
                                                    {"rejected", CallEnd::not_put_through},
                                                    {"failed", CallEnd::not_put_through},
                                                    {"cancelled", CallEnd::not_put_through}})
    EXPECT_EQ(vonage_said(R"({"status":")" + status + R"("})")->end, end) << status;
  for (const char* status : {"started", "ringing", "answered", "human", "disconnected"})
    EXPECT_FALSE(vonage_said(std::string{R"({"status":")"} + status + R"("})")->end) << status;
}

TEST(CallDialect, OtherBytesAreNoNews) {
  EXPECT_FALSE(twilio_said("%"));
  EXPECT_FALSE(twilio_said("Digits=123456789012345678901"));
  for (const char* body : {"", "[]", "{", "7", R"({"dtmf":{"digits":"123456789012345678901"}})"})
    EXPECT_FALSE(vonage_said(body)) << body;
  const auto odd = vonage_said(
      R"({"uuid":7,"to":"<44>","from":["1"],"status":{},"dtmf":{"digits":1,"timed_out":"true"}})");
  ASSERT_TRUE(odd);
  EXPECT_TRUE(odd->call.empty() && odd->called.empty() && odd->caller.empty());
  EXPECT_TRUE(odd->keys.empty() && !odd->is_silent && !odd->end);
  EXPECT_EQ(vonage_said(R"({"uuid":"a\"b","dtmf":"4"})")->call, "");
  EXPECT_EQ(twilio_said("CallSid=" + std::string(65, 'a'))->call, "");
}

TEST(CallDialect, AsksTwiceInTwiml) {
  const std::string text = write_turn(CallDialect::twiml, kAsking);
  const std::string words = "<Say language=\"en-GB\">One &lt;b&gt; &amp; &quot;two&quot; .</Say>";
  EXPECT_EQ(text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Gather input=\"dtmf\" "
            "numDigits=\"1\" timeout=\"8\" action=\"https://h/hook/v?m=1&amp;s=choice\" "
            "method=\"POST\">" +
                words + "<Pause length=\"2\"/>" + words +
                "</Gather><Say language=\"en-GB\">Goodbye.</Say></Response>");
}

TEST(CallDialect, AsksTwiceInAnNcco) {
  EXPECT_EQ(ncco(kAsking),
            json::parse(R"([{"action":"talk","language":"en-GB","text":"One  b  & \"two\" .",)"
                        R"("bargeIn":true,"loop":2},{"action":"input","type":["dtmf"],)"
                        R"("dtmf":{"maxDigits":1,"timeOut":8,"submitOnHash":true},)"
                        R"("eventUrl":["https://h/hook/v?m=1&s=choice"],"eventMethod":"POST"}])"));
  // Bytes that are no text hold up nothing.
  EXPECT_EQ(ncco({"\xff"})[0]["action"], "talk");
}

TEST(CallDialect, EndsOrPutsThrough) {
  EXPECT_EQ(write_turn(CallDialect::twiml, {"Goodbye."}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>"
            "<Say language=\"en-GB\">Goodbye.</Say></Response>");
  EXPECT_EQ(ncco({"Goodbye."}),
            json::parse(R"([{"action":"talk","language":"en-GB","text":"Goodbye."}])"));
  const CallTurn through{"Please wait.", {}, 1, "+442079460001", "+442079460000"};
  EXPECT_NE(write_turn(CallDialect::twiml, through).find("<Dial>+442079460001</Dial></Response>"),
            std::string::npos);
  EXPECT_EQ(ncco(through)[1],
            json::parse(R"({"action":"connect","from":"442079460000",)"
                        R"("endpoint":[{"type":"phone","number":"442079460001"}]})"));
  EXPECT_FALSE(ncco({"", {}, 1, "+442079460001"})[1].contains("from"));
}

TEST(CallDialect, ANumberIsAPlusAndDigits) {
  for (const char* text : {"+44770", "+447700900123"}) EXPECT_TRUE(is_number(text)) << text;
  for (const char* text : {"", "+", "+447", "447700900123", "+44 7700", "+44770090012345678"})
    EXPECT_FALSE(is_number(text)) << text;
}

}  // namespace
}  // namespace tocsin::wire
