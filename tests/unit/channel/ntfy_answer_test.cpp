#include "channel/ntfy_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::channel {
namespace {

const base::Instant kTappedAt{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                              std::chrono::hours{22} + std::chrono::minutes{40}};
constexpr seal::MessageId kTappedBelow{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};

TEST(NtfyToken, IsTkAndLetters) {
  EXPECT_TRUE(is_ntfy_token("tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"));
  for (const char* text : {"", "tk_", "tk_short", "AgQdq7mVBoFD37zQVN29RhuMzNIz2",
                           "tk_AgQdq7mVBoFD37zQVN29Rhu zNIz2", "tk_AgQdq7mVBoFD37zQVN29Rhu\nNIz2"})
    EXPECT_FALSE(is_ntfy_token(text)) << text;
}

TEST(NtfyError, TellsTheDaysEndFromTheMomentsLimit) {
  const auto error = [](int code) {
    return ntfy_error(
        base::bytes_of(fmt::format(R"({{"code":{},"http":429,"error":"limit reached"}})", code)));
  };
  EXPECT_EQ(error(42908), NtfyError::day_spent);
  EXPECT_EQ(error(42901), NtfyError::too_many);
  EXPECT_EQ(error(42909), NtfyError::too_many);
  EXPECT_EQ(error(40301), NtfyError::other);
  for (const char* text : {"", "[]", R"({"code":"42908"})", R"({"code":-1})"})
    EXPECT_EQ(ntfy_error(base::bytes_of(text)), NtfyError::other) << text;
}

TEST(NtfySuccess, IsAMessageOfTheServers) {
  EXPECT_TRUE(is_ntfy_success(base::bytes_of(R"({"id":"hwQ2YpKdmg","event":"message"})")));
  for (const char* text : {"", "{}", R"({"event":"message"})", R"({"id":7,"event":"message"})",
                           R"({"id":"x","event":"open"})"})
    EXPECT_FALSE(is_ntfy_success(base::bytes_of(text))) << text;
}

std::string reply(std::string_view message, std::string_view topic = "call-in-replies",
                  std::string_view id = "hwQ2YpKdmg") {
  return fmt::format(
      R"({{"id":"{}","time":1795387200,"expires":1795430400,"event":"message","topic":"{}","message":"{}"}})"
      "\n",
      id, topic, message);
}

std::optional<NtfyPage> replies_page(std::string_view lines) {
  return parse_ntfy_replies(base::bytes_of(lines), "call-in-replies");
}

TEST(NtfyReplies, SayWhatWasTappedBelowWhichMessageOfWhichTopic) {
  const auto page = replies_page(reply("AQIDBAUGBwgJCgsMDQ4PEA:LR ana-7f3Kq"));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->said.size(), 1U);
  EXPECT_EQ(page->last, "hwQ2YpKdmg");
  EXPECT_EQ(page->said[0].id, said_id("ntfy", "hwQ2YpKdmg"));
  EXPECT_EQ(page->said[0].from, "ana-7f3Kq");
  EXPECT_EQ(page->said[0].words, "LR");
  EXPECT_EQ(page->said[0].about, kTappedBelow);
  EXPECT_EQ(page->said[0].at, kTappedAt);
}

TEST(NtfyReplies, ComeBackAsTheyWereGivenToTheTelephone) {
  for (const AnswerButton& button : kFewAnswerButtons) {
    const auto page = replies_page(reply(ntfy_tap(kTappedBelow, button, "ana-7f3Kq")));
    ASSERT_EQ(page->said.size(), 1U) << button.label;
    EXPECT_EQ(page->said[0].words, button.words);
    EXPECT_EQ(page->said[0].from, "ana-7f3Kq");
  }
}

// Strangers may write to the topic.
TEST(NtfyReplies, OfStrangersAreLeftOut) {
  std::string lines;
  for (const char* message :
       {"", " ", "you have won", "AQIDBAUGBwgJCgsMDQ4PEA:LR", "AQIDBAUGBwgJCgsMDQ4PEA:LR ",
        "AQIDBAUGBwgJCgsMDQ4PEA:LR a/b", "AQIDBAUGBwgJCgsMDQ4PEA:Y 31 ana",
        "AQIDBAUGBwgJCgsMDQ4PEA:N a b", "AQIDBAUGBwgJCgsMDQ4PE:N ana"})
    lines += reply(message);
  lines += reply("AQIDBAUGBwgJCgsMDQ4PEA:LR ana", "another-topic");
  const auto page = replies_page(lines);
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->said.empty());
  EXPECT_EQ(page->last, "hwQ2YpKdmg") << "and are not read again";
}

TEST(NtfyReplies, OfADamagedLineAreLeftOutAndOfNoSoundLineThereAreNone) {
  const std::string sound = reply("AQIDBAUGBwgJCgsMDQ4PEA:N ana");
  const auto page = replies_page(
      "garbage\n[]\n7\n{}\n"
      R"({"id":"a&since=all","time":1,"event":"message","topic":"call-in-replies","message":"x"})"
      "\n"
      R"({"id":"x","time":"1","event":"message","topic":"call-in-replies","message":"AQIDBAUGBwgJCgsMDQ4PEA:N ana"})"
      "\n"
      R"({"id":"y","time":18446744073709551615,"event":"message","topic":"call-in-replies","message":"AQIDBAUGBwgJCgsMDQ4PEA:N ana"})"
      "\n"
      R"({"id":"z","time":1,"event":"open","topic":"call-in-replies"})"
      "\n" +
      sound + "\n\n");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->said.size(), 1U);
  EXPECT_EQ(page->last, "hwQ2YpKdmg");
  EXPECT_TRUE(replies_page("")->last.empty());
  EXPECT_FALSE(replies_page("<html>"));
  EXPECT_FALSE(replies_page("{}\n"));
  EXPECT_FALSE(replies_page(std::string(20'001, '\n')));
}

}  // namespace
}  // namespace tocsin::channel
