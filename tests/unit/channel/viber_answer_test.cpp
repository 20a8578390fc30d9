#include "channel/viber_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

const std::string kViberIdText = "AQIDBAUGBwgJCgsMDQ4PEA";

ViberPost viber_post(std::string_view body) { return parse_viber_post(base::bytes_of(body)); }
// `message` is JSON.
ViberPost wrote(std::string_view message, std::string_view sender = "01234567890A=") {
  return viber_post(fmt::format(
      R"({{"event":"message","timestamp":1764547200123,"message_token":4912661846655238145,)"
      R"("sender":{{"id":"{}","name":"Ana"}},"message":{},"silent":false}})",
      sender, message));
}
std::string viber_words(const ViberPost& post) {
  const Said* said = std::get_if<Said>(&post);
  return said == nullptr ? "nothing" : said->words;
}

TEST(ViberPosts, SayWhatSomebodyWrote) {
  const ViberPost post = wrote(R"({"type":"text","text":"Y 20 é"})");
  const Said& said = std::get<Said>(post);
  EXPECT_EQ(said.from, "01234567890A=");
  EXPECT_EQ(said.words, "Y 20 é");
  EXPECT_EQ(said.at, base::Instant{base::Milliseconds{1'764'547'200'123}});
  EXPECT_EQ(said.id, said_id("viber", "4912661846655238145"));
  EXPECT_EQ(said.about, std::nullopt);
  EXPECT_EQ(viber_words(wrote(R"({"type":"picture","text":"N"})")), "N");
  EXPECT_EQ(viber_words(wrote(R"({"type":"sticker","sticker_id":7})")), "");
  EXPECT_EQ(viber_words(wrote(R"({"type":"picture"})")), "");
  EXPECT_EQ(viber_words(wrote(R"({"type":"rich_media"})")), "nothing");
}

TEST(ViberPosts, SayWhatSomebodyTappedBelowWhichMessage) {
  const ViberPost post = wrote(fmt::format(R"({{"type":"text","text":"{}:Y 30"}})", kViberIdText));
  EXPECT_EQ(std::get<Said>(post).words, "Y 30");
  EXPECT_EQ(std::get<Said>(post).about, seal::message_id_from_text(kViberIdText));
}

TEST(ViberPosts, SayWhatBecameOfAMessage) {
  const auto receipt = [](std::string_view event) {
    const ViberPost post = viber_post(
        fmt::format(R"({{"event":"{}","timestamp":1,"message_token":4912661846655238145,)"
                    R"("user_id":"01234567890A=","desc":"x"}})",
                    event));
    const ViberReceipt* read = std::get_if<ViberReceipt>(&post);
    if (read == nullptr) return Receipt::unknown;
    EXPECT_EQ(read->token, "4912661846655238145");
    EXPECT_EQ(read->person, "01234567890A=");
    return read->receipt;
  };
  EXPECT_EQ(receipt("delivered"), Receipt::delivered);
  EXPECT_EQ(receipt("seen"), Receipt::read);
  EXPECT_EQ(receipt("failed"), Receipt::failed_for_good);
  EXPECT_EQ(receipt("subscribed"), Receipt::unknown);
  EXPECT_EQ(receipt("conversation_started"), Receipt::unknown);
}

TEST(ViberPosts, ThatAreDamagedSayNothing) {
  for (const char* sender : {"", "ana", "0123 4567 890A="})
    EXPECT_EQ(viber_words(wrote(R"({"type":"text","text":"N"})", sender)), "nothing") << sender;
  for (
      const char* body :
      {"", "[]", "{}", "<html>", R"({"event":7})", R"({"event":"message"})",
       R"({"event":"message","timestamp":"1","message_token":1,"sender":{"id":"01234567890A="},"message":{"type":"text","text":"N"}})",
       R"({"event":"message","timestamp":1,"message_token":-1,"sender":{"id":"01234567890A="},"message":{"type":"text","text":"N"}})",
       R"({"event":"message","timestamp":1,"message_token":"1x","sender":{"id":"01234567890A="},"message":{"type":"text","text":"N"}})",
       R"({"event":"seen","message_token":1,"user_id":7})",
       R"({"event":"seen","user_id":"01234567890A="})"})
    EXPECT_TRUE(std::holds_alternative<std::monostate>(viber_post(body))) << body;
}

TEST(ViberResults, HaveAStatusAndWhoWasRefused) {
  const auto result = [](std::string_view body) {
    return parse_viber_result(base::bytes_of(body));
  };
  const auto one = result(
      R"({"status":0,"status_message":"ok","message_token":5741311803571721087,"failed_list":[)"
      R"({"receiver":"pttm25kSGUo1919sBORWyA==","status":6,"status_message":"Not subscribed"},7,)"
      R"({"receiver":"EGAZ3SZRi6zW1D0uNYhQHg==","status":0},{"receiver":"x","status":5}]})");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->status, 0);
  EXPECT_EQ(one->token, "5741311803571721087");
  EXPECT_EQ(one->refused,
            (std::map<std::string, int, std::less<>>{{"pttm25kSGUo1919sBORWyA==", 6}}));
  EXPECT_EQ(result(R"({"status":12})")->status, 12);
  EXPECT_EQ(result(R"({"status":0,"message_token":"57"})")->token, "57");
  for (const char* body : {"", "{}", "[]", R"({"status":"0"})", R"({"status":-1})", "<html>"})
    EXPECT_FALSE(result(body)) << body;
}

TEST(ViberResults, EveryStatusHasItsMeaning) {
  EXPECT_EQ(viber_verdict_of_status(0).receipt, Receipt::sent);
  EXPECT_TRUE(viber_verdict_of_status(12).is_busy);
  for (const int later : {2, 12, 25, 999})
    EXPECT_EQ(viber_verdict_of_status(later).receipt, Receipt::failed_for_now) << later;
  for (const int never :
       {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    EXPECT_EQ(viber_verdict_of_status(never).receipt, Receipt::failed_for_good) << never;
}

TEST(ViberForms, AreKnown) {
  EXPECT_TRUE(is_viber_token("445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"));
  for (const char* wrong : {"", "short", "a token with blanks in it"})
    EXPECT_FALSE(is_viber_token(wrong)) << wrong;
  for (const char* right :
       {"01234567890A=", "pttm25kSGUo1919sBORWyA==", "+/tm25kSGUo1919sBORWyA=="})
    EXPECT_TRUE(is_viber_id(right)) << right;
  for (const char* wrong :
       {"", "====", "+447700900123", "07700900123=", "01234567890A=x", "0123 4567 890A="})
    EXPECT_FALSE(is_viber_id(wrong)) << wrong;
}

}  // namespace
}  // namespace tocsin::channel
