#include "channel/telegram_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kWrittenAt{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                               40min};

TEST(TelegramToken, IsDigitsAColonAndLetters) {
  EXPECT_TRUE(is_telegram_token("123456789:AAF-3xample_of_a_token_that_is_none0"));
  for (const char* text :
       {"", ":", "123456789", "123456789:", "123456789:short",
        "AAF:AAF-3xample_of_a_token_that_is_n", ":AAF-3xample_of_a_token_that_is_none0",
        "123456789:AAF-3xample/of_a_token_that_is_none0",
        "123456789:AAF-3xample_of_a_token?that_is_none0",
        "123456789:AAF-3xample_of_a_token:that_is_none0",
        "123456789123456789123:AAF-3xample_of_a_token_that_is_none0"})
    EXPECT_FALSE(is_telegram_token(text)) << text;
}

TEST(TelegramChat, IsANumberOfAPerson) {
  EXPECT_EQ(telegram_chat("123456789"), 123456789);
  EXPECT_EQ(telegram_chat("4503599627370495"), 4503599627370495);
  for (const char* text : {"", "0", "-5", "+5", " 5", "5 ", "5.0", "@staff", "4503599627370496",
                           "99999999999999999999"})
    EXPECT_FALSE(telegram_chat(text)) << text;
}

TEST(TelegramRefusal, SaysHowLongToWaitAndThatThereIsNoChat) {
  const auto refusal = [](std::string_view text) {
    return parse_telegram_refusal(base::bytes_of(text));
  };
  EXPECT_EQ(
      refusal(R"({"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7",
                        "parameters":{"retry_after":7}})")
          .retry_after,
      7s);
  for (const char* none :
       {"", "{}", "[]", R"({"parameters":7})", R"({"parameters":{"retry_after":"7"}})",
        R"({"parameters":{"retry_after":-7}})", R"({"parameters":{"retry_after":1e99}})",
        R"({"parameters":{"retry_after":99999999999}})"}) {
    EXPECT_EQ(refusal(none).retry_after, 0s) << none;
    EXPECT_FALSE(refusal(none).has_no_chat) << none;
  }
  for (
      const char* gone :
      {R"({"ok":false,"error_code":400,"description":"Bad Request: chat not found"})",
       R"({"ok":false,"error_code":400,"description":"Bad Request: PEER_ID_INVALID"})",
       R"({"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-7}})"})
    EXPECT_TRUE(refusal(gone).has_no_chat) << gone;
  EXPECT_FALSE(
      refusal(R"({"ok":false,"description":"Bad Request: message is too long"})").has_no_chat);
}

TEST(TelegramSuccess, IsAMessageOfTelegrams) {
  EXPECT_TRUE(is_telegram_success(base::bytes_of(R"({"ok":true,"result":{"message_id":7}})")));
  for (const char* text :
       {"", "{}", R"({"ok":true})", R"({"ok":"true","result":{"message_id":7}})",
        R"({"ok":false,"result":{"message_id":7}})", R"({"ok":true,"result":true})"})
    EXPECT_FALSE(is_telegram_success(base::bytes_of(text))) << text;
}

std::optional<std::vector<TelegramUpdate>> page_of(std::string_view entries) {
  return parse_telegram_updates(
      base::bytes_of(fmt::format(R"({{"ok":true,"result":[{}]}})", entries)));
}

TelegramUpdate only(std::string_view entry) {
  const auto page = page_of(entry);
  EXPECT_TRUE(page && page->size() == 1) << entry;
  return page && page->size() == 1 ? page->front() : TelegramUpdate{};
}

// `said` is the rest of the message: "text":"Y 20".
TelegramUpdate written(std::string_view said,
                       std::string_view chat = R"({"id":5001,"type":"private"})") {
  return only(fmt::format(
      R"({{"update_id":31,"message":{{"message_id":9,"from":{{"id":5001,"is_bot":false,
          "first_name":"Ana"}},"chat":{},"date":1795387200,{}}}}})",
      chat, said));
}

TelegramUpdate tap(std::string_view data, std::string_view rest = R"(,"message":{"message_id":8,
                   "date":0,"chat":{"id":5001,"type":"private"}})") {
  return only(fmt::format(
      R"({{"update_id":32,"callback_query":{{"id":"4382bfdwdsb323b2d9","from":{{"id":5001}},
          "chat_instance":"-12","data":"{}"{}}}}})",
      data, rest));
}

TEST(TelegramUpdates, SayWhatSomebodyWroteInWhichChat) {
  const TelegramUpdate one = written(R"("text":"Y 20")");
  EXPECT_EQ(one.id, 31);
  EXPECT_TRUE(one.tap.empty());
  ASSERT_TRUE(one.said);
  EXPECT_EQ(one.said->id, said_id("telegram", "5001:9"));
  EXPECT_EQ(one.said->from, "5001");
  EXPECT_EQ(one.said->words, "Y 20");
  EXPECT_EQ(one.said->at, kWrittenAt);
  EXPECT_TRUE(one.is_timed);
  EXPECT_FALSE(one.said->about);
  EXPECT_EQ(written(R"("text":"/start 7KQ2M")").said->words, "/start 7KQ2M");
}

TEST(TelegramUpdates, SayWhatSomebodyTappedBelowWhichMessage) {
  const seal::MessageId about{{1, 2, 3}};
  const TelegramUpdate one = tap(seal::to_text(about) + ":L 120");
  EXPECT_EQ(one.tap, "4382bfdwdsb323b2d9");
  ASSERT_TRUE(one.said);
  EXPECT_EQ(one.said->from, "5001");
  EXPECT_EQ(one.said->words, "L 120");
  EXPECT_EQ(one.said->about, about);
  EXPECT_EQ(one.said->id, said_id("telegram", "tap 4382bfdwdsb323b2d9"));
  EXPECT_FALSE(one.is_timed);
}

// Its telephone shows that it waits, so it is acknowledged all the same.
TEST(TelegramUpdates, OfAButtonThatIsNotOursHaveNoWords) {
  for (const char* data : {"", "mi7:y:TOKEN", "AQIDBAUGBwgJCgsMDQ4PEA:Y 31"}) {
    EXPECT_FALSE(tap(data).said) << data;
    EXPECT_EQ(tap(data).tap, "4382bfdwdsb323b2d9");
  }
}

TEST(TelegramUpdates, OfAGroupOrSomebodyElsesChatAreNobodys) {
  const std::string ours = seal::to_text(seal::MessageId{}) + ":N";
  for (const char* chat :
       {R"({"id":-5001,"type":"group"})", R"({"id":5001,"type":"supergroup"})",
        R"({"id":5002,"type":"private"})", R"({"id":"5001","type":"private"})", "{}", "7"}) {
    EXPECT_FALSE(written(R"("text":"Y 20")", chat).said) << chat;
    EXPECT_FALSE(tap(ours, fmt::format(R"(,"message":{{"chat":{}}})", chat)).said) << chat;
  }
  EXPECT_FALSE(tap(ours, "").said);
}

// They are told how to answer.
TEST(TelegramUpdates, OfARecordingHaveEmptyWords) {
  EXPECT_EQ(written(R"("voice":{"file_id":"x"})").said->words, "");
  EXPECT_EQ(written(R"("photo":[],"caption":"coming")").said->words, "coming");
  EXPECT_EQ(written(R"("sticker":{"emoji":"👎"})").said->words, "👎");
  EXPECT_FALSE(written(R"("pinned_message":{"message_id":1})").said);  // Telegram says that
}

TEST(TelegramUpdates, KeepOddCharactersAndAreCutWhenTooLong) {
  EXPECT_EQ(written(R"("text":"yes\r\n\u0007\ud83d\udc4d")").said->words, "yes\r\n\a👍");
  std::string longest;
  for (int i = 0; i < 4'096; ++i) longest += "ß";
  const auto cut = written(fmt::format(R"("text":"x{}")", longest));
  EXPECT_EQ(cut.said->words.size(), kMostSaidBytes - 1);
  EXPECT_TRUE(base::is_utf8(cut.said->words));
}

TEST(TelegramUpdates, OfADamagedEntryAreLeftOutAndADamagedPageIsNone) {
  const auto page = page_of(
      R"(7,null,[],{},{"update_id":"1"},{"update_id":-1},{"update_id":9223372036854775807},
         {"update_id":2},{"update_id":3,"message":7},{"update_id":4,"message":{"text":"N"}},
         {"update_id":5,"callback_query":{"id":7,"data":"x"}})");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ((*page)[i].id, static_cast<std::int64_t>(i + 2));
    EXPECT_FALSE((*page)[i].said);
  }
  EXPECT_TRUE(page_of("")->empty());
  EXPECT_FALSE(page_of("7")) << "it would be asked for again and again";
  for (const char* text : {"", "{}", "[]", R"({"ok":true})", R"({"ok":true,"result":{}})",
                           R"({"ok":false,"result":[]})", R"({"ok":1,"result":[]})"})
    EXPECT_FALSE(parse_telegram_updates(base::bytes_of(text))) << text;
  std::string endless = R"({"update_id":1})";
  for (int i = 0; i < 1'000; ++i) endless += R"(,{"update_id":1})";
  EXPECT_FALSE(page_of(endless));
}

}  // namespace
}  // namespace tocsin::channel
