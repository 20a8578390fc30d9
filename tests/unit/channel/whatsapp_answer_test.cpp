#include "channel/whatsapp_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

constexpr std::string_view kOurNumber = "106540352242922";
const std::string kIdText = "AQIDBAUGBwgJCgsMDQ4PEA";

WhatsAppPost whatsapp_post_of(std::string_view value, std::string_view number = kOurNumber) {
  const std::string body = fmt::format(
      R"({{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages",)"
      R"("value":{{"messaging_product":"whatsapp","metadata":{{"phone_number_id":"{}"}},{}}}}}]}}]}})",
      number, value);
  return parse_whatsapp_post(base::bytes_of(body), kOurNumber);
}
WhatsAppPost whatsapp_message(std::string_view rest, std::string_view from = "447700900123") {
  return whatsapp_post_of(fmt::format(
      R"("messages":[{{"from":"{}","id":"wamid.A","timestamp":"1764547200",{}}}])", from, rest));
}
std::string whatsapp_words(const WhatsAppPost& post) {
  return post.said.size() == 1 ? post.said[0].said.words : "nothing";
}
WhatsAppPost whatsapp_status(std::string_view rest) {
  return whatsapp_post_of(fmt::format(
      R"("statuses":[{{"id":"wamid.B","biz_opaque_callback_data":"{}","timestamp":"1764547200",{}}}])",
      kIdText, rest));
}

TEST(WhatsAppPosts, SayWhatSomebodyWrote) {
  const WhatsAppPost post = whatsapp_message(R"("type":"text","text":{"body":"Y 20 é"})");
  ASSERT_EQ(post.said.size(), 1U);
  const WhatsAppSaid& heard = post.said[0];
  EXPECT_EQ(heard.said.from, "+447700900123");
  EXPECT_EQ(heard.said.words, "Y 20 é");
  EXPECT_EQ(heard.said.at, base::Instant{std::chrono::seconds{1'764'547'200}});
  EXPECT_EQ(heard.said.id, said_id("whatsapp", "wamid.A"));
  EXPECT_EQ(heard.said.about, std::nullopt);
  EXPECT_EQ(heard.quoted, "");
  EXPECT_TRUE(heard.counts_alone);
  EXPECT_EQ(whatsapp_message(R"("type":"text","context":{"id":"wamid.Q"},"text":{"body":"N"})")
                .said[0]
                .quoted,
            "wamid.Q");
}

TEST(WhatsAppPosts, SayWhatSomebodyTappedBelowWhichMessage) {
  const WhatsAppPost post = whatsapp_message(fmt::format(
      R"("type":"button","context":{{"id":"wamid.Q"}},"button":{{"payload":"{}:LR","text":"Nur zur Not"}})",
      kIdText));
  ASSERT_EQ(post.said.size(), 1U);
  EXPECT_EQ(post.said[0].said.words, "LR");
  EXPECT_EQ(post.said[0].said.about, seal::message_id_from_text(kIdText));
  // A button of somebody else's template.
  EXPECT_EQ(whatsapp_words(
                whatsapp_message(R"("type":"button","button":{"payload":"stop","text":"Coming"})")),
            "nothing");
  EXPECT_EQ(whatsapp_words(whatsapp_message(R"("type":"button","button":{"text":"Coming"})")),
            "nothing");
}

TEST(WhatsAppPosts, HaveNoWordsForARecordingAPictureOrAMark) {
  EXPECT_EQ(
      whatsapp_words(whatsapp_message(R"("type":"image","image":{"id":"1","caption":"Y 20"})")),
      "Y 20");
  EXPECT_EQ(whatsapp_words(whatsapp_message(R"("type":"image","image":{"id":"1"})")), "");
  EXPECT_EQ(whatsapp_words(whatsapp_message(R"("type":"audio","audio":{"id":"1"})")), "");
  EXPECT_EQ(
      whatsapp_words(whatsapp_message(R"("type":"system","system":{"body":"changed number"})")),
      "nothing");
  const WhatsAppPost mark =
      whatsapp_message(R"("type":"reaction","reaction":{"message_id":"wamid.Q","emoji":"👍"})");
  ASSERT_EQ(mark.said.size(), 1U);
  EXPECT_EQ(mark.said[0].said.words, "");
  EXPECT_EQ(mark.said[0].quoted, "wamid.Q");
  EXPECT_FALSE(mark.said[0].counts_alone);
  EXPECT_EQ(
      whatsapp_words(whatsapp_message(R"("type":"reaction","reaction":{"message_id":"wamid.Q"})")),
      "nothing");
}

TEST(WhatsAppPosts, OfNobodysNumberAndOfAnotherNumberAreLeftOut) {
  const std::string text = R"("type":"text","text":{"body":"N"})";
  EXPECT_EQ(whatsapp_words(whatsapp_message(text)), "N");
  for (const char* from : {"", "4477", "+447700900123", "44770090012a", "US.13491208655302741918"})
    EXPECT_EQ(whatsapp_words(whatsapp_message(text, from)), "nothing") << from;
  EXPECT_TRUE(
      whatsapp_post_of(
          fmt::format(R"("messages":[{{"from":"447700900123","id":"w","timestamp":"1",{}}}])",
                      text),
          "999999999999999")
          .said.empty());
}

TEST(WhatsAppPosts, SayWhatBecameOfAMessage) {
  const auto read = [](std::string_view word) {
    const WhatsAppPost post = whatsapp_status(fmt::format(R"("status":"{}")", word));
    EXPECT_EQ(post.statuses.size(), 1U) << word;
    EXPECT_EQ(post.statuses[0].name, "wamid.B");
    EXPECT_EQ(post.statuses[0].id, seal::message_id_from_text(kIdText));
    return post.statuses[0].receipt;
  };
  EXPECT_EQ(read("sent"), Receipt::sent);
  EXPECT_EQ(read("delivered"), Receipt::delivered);
  EXPECT_EQ(read("read"), Receipt::read);
  EXPECT_EQ(read("failed"), Receipt::failed_for_good);
  EXPECT_TRUE(whatsapp_status(R"("status":"deleted")").statuses.empty());
  const auto failed = [](int code) {
    return whatsapp_status(
               fmt::format(R"("status":"failed","errors":[{{"code":{},"title":"447700900123"}}])",
                           code))
        .statuses.at(0);
  };
  EXPECT_EQ(failed(131026).receipt, Receipt::failed_for_good);
  EXPECT_EQ(failed(130429).receipt, Receipt::failed_for_now);
  EXPECT_EQ(failed(131026).reason.find("7700900123"), std::string::npos);
  EXPECT_TRUE(
      whatsapp_post_of(R"("statuses":[{"id":"wamid.B","status":"read"}])").statuses.empty());
}

TEST(WhatsAppPosts, OfADamagedEntryAreLeftOutAndADamagedPostSaysNothing) {
  const WhatsAppPost post = whatsapp_post_of(fmt::format(
      R"("messages":[7,{{}},{{"from":447700900123,"id":"w","timestamp":"1","type":"text"}},)"
      R"({{"from":"447700900123","id":"w w","timestamp":"1","type":"text","text":{{"body":"N"}}}},)"
      R"({{"from":"447700900123","id":"w","timestamp":"-1","type":"text","text":{{"body":"N"}}}},)"
      R"({{"from":"447700900123","id":"w","timestamp":"1","type":"text","text":{{"body":"Y"}}}}],)"
      R"("statuses":[null,{{"id":7,"status":"read"}}])"));
  EXPECT_EQ(whatsapp_words(post), "Y");
  EXPECT_TRUE(post.statuses.empty());
  for (const char* body :
       {"", "[]", "{}", "<html>", R"({"entry":{}})", R"({"entry":[{"changes":[7]}]})",
        R"({"entry":[{"changes":[{"value":"x"}]}]})"}) {
    const WhatsAppPost none = parse_whatsapp_post(base::bytes_of(body), kOurNumber);
    EXPECT_TRUE(none.said.empty() && none.statuses.empty()) << body;
  }
}

TEST(WhatsAppAnswer, SaysThatAMessageWasTaken) {
  const auto taken = [](std::string_view body) {
    return parse_whatsapp_taken(base::bytes_of(body));
  };
  const auto one = taken(
      R"({"messaging_product":"whatsapp","contacts":[{"input":"+447700900123","wa_id":"447700900123"}],)"
      R"("messages":[{"id":"wamid.A==","message_status":"accepted"}]})");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->name, "wamid.A==");
  EXPECT_FALSE(one->is_held);
  EXPECT_TRUE(taken(R"({"messages":[{"id":"w","message_status":"held_for_quality_assessment"}]})")
                  ->is_held);
  for (const char* body :
       {"", "{}", R"({"messages":[]})", R"({"messages":[{"id":7}]})",
        R"({"messages":[{"id":"a"},{"id":"b"}]})", R"({"messages":[{"id":"a b"}]})"})
    EXPECT_FALSE(taken(body)) << body;
}

TEST(WhatsAppAnswer, HasACodeThatDecides) {
  const auto code = [](std::string_view body) { return whatsapp_error(base::bytes_of(body)); };
  EXPECT_EQ(code(R"({"error":{"message":"(#130429) x","code":130429}})"), 130429);
  EXPECT_EQ(code(R"({"error":{"code":0}})"), 0);
  for (const char* body : {"", "{}", R"({"error":{"code":"4"}})", R"({"error":{"code":-1}})",
                           R"({"error":{"code":99999999999}})", R"({"error":4})"})
    EXPECT_EQ(code(body), std::nullopt) << body;
  for (const int busy : {4, 80007, 130429}) {
    EXPECT_EQ(whatsapp_verdict_of_code(busy).receipt, Receipt::failed_for_now) << busy;
    EXPECT_TRUE(whatsapp_verdict_of_code(busy).is_busy) << busy;
  }
  EXPECT_FALSE(whatsapp_verdict_of_code(131056).is_busy);
  EXPECT_EQ(whatsapp_verdict_of_code(131056).retry_after, std::chrono::seconds{6});
  for (const int later : {0, 2, 3, 10, 190, 200, 299, 131000, 131016, 131056, 131057})
    EXPECT_EQ(whatsapp_verdict_of_code(later).receipt, Receipt::failed_for_now) << later;
  for (const int never : {1, 100, 368, 130472, 130497, 131026, 131031, 131042, 131047, 131048,
                          131049, 131050, 132001, 132015, 133010, 999})
    EXPECT_EQ(whatsapp_verdict_of_code(never).receipt, Receipt::failed_for_good) << never;
}

TEST(WhatsAppSettings, AreOfTheirForm) {
  EXPECT_TRUE(is_whatsapp_number_id("106540352242922"));
  for (const char* wrong : {"", "+447700900123", "1065/..", "1234"})
    EXPECT_FALSE(is_whatsapp_number_id(wrong)) << wrong;
  EXPECT_TRUE(is_whatsapp_template("call_in_2"));
  for (const char* wrong : {"", "Call in", "call-in"}) EXPECT_FALSE(is_whatsapp_template(wrong));
  for (const char* right : {"en", "en_GB", "fil", "pt_BR"})
    EXPECT_TRUE(is_whatsapp_language(right)) << right;
  for (const char* wrong : {"", "e", "EN", "en-gb", "en_gb", "en_", "english"})
    EXPECT_FALSE(is_whatsapp_language(wrong)) << wrong;
  EXPECT_TRUE(is_whatsapp_version("v24.0"));
  for (const char* wrong : {"", "24.0", "v24", "v24.0/x", "v.0", "v24."})
    EXPECT_FALSE(is_whatsapp_version(wrong)) << wrong;
  EXPECT_TRUE(is_whatsapp_token("EAAJB0123456789abcdefgh"));
  for (const char* wrong : {"", "short", "a token with blanks in it"})
    EXPECT_FALSE(is_whatsapp_token(wrong)) << wrong;
}

}  // namespace
}  // namespace tocsin::channel
