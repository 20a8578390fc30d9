#include "channel/notify_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kIssuer = "26785a09-ab16-4eb0-8407-a37497a57506";
constexpr std::string_view kSecret = "3d844edf-8d35-48ac-975b-e847b4f122b0";
const base::Instant kAnswerNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                 40min};

TEST(NotifyKey, IsANameAndTwoIds) {
  for (const std::string_view name : {"call-ins", "x", "A key with-hyphens-"}) {
    const auto key = parse_notify_key(fmt::format("{}-{}-{}", name, kIssuer, kSecret));
    ASSERT_TRUE(key) << name;
    EXPECT_EQ(key->issuer, kIssuer);
    EXPECT_EQ(key->secret.view(), kSecret);
  }
}

TEST(NotifyKey, IsNothingElse) {
  for (const std::string& text :
       {std::string{}, std::string{kSecret}, fmt::format("{}-{}", kIssuer, kSecret),
        fmt::format("-{}-{}", kIssuer, kSecret), fmt::format("x_{}-{}", kIssuer, kSecret),
        fmt::format("x-{}_{}", kIssuer, kSecret), fmt::format("x-{}-{}0", kIssuer, kSecret),
        fmt::format("x-{}-{}", kIssuer, "3d844edf-8d35-48ac-975b-e847b4f122bg"),
        fmt::format("x-{}-{}", "26785a09+ab16-4eb0-8407-a37497a57506", kSecret)})
    EXPECT_FALSE(parse_notify_key(text)) << text;
}

TEST(NotifyError, IsTheFirstByItsName) {
  const auto error = [](std::string_view name) {
    return notify_error(base::bytes_of(
        fmt::format(R"({{"status_code":429,"errors":[{{"error":"{}","message":"x"}}]}})", name)));
  };
  EXPECT_EQ(error("ValidationError"), NotifyError::validation);
  EXPECT_EQ(error("BadRequestError"), NotifyError::bad_request);
  EXPECT_EQ(error("RateLimitError"), NotifyError::rate_limit);
  EXPECT_EQ(error("TooManyRequestsError"), NotifyError::too_many_requests);
  EXPECT_EQ(error("toomanyrequestserror"), NotifyError::other);
  for (const char* text : {"", "x", "[]", "{}", R"({"errors":{}})", R"({"errors":[]})",
                           R"({"errors":["RateLimitError"]})", R"({"errors":[{"error":7}]})"})
    EXPECT_EQ(notify_error(base::bytes_of(text)), NotifyError::other) << text;
}

std::string text_entry(std::string_view reference, std::string_view status) {
  return fmt::format(
      R"({{"id":"740e5834-3a29-46b4-9a6f-16142fde533a","reference":{},"type":"sms",
          "phone_number":"07700900123","status":"{}","created_at":"2026-11-22T22:40:00.000000Z"}})",
      reference, status);
}

TEST(NotifyTexts, SayWhatBecameOfOurs) {
  const seal::MessageId id{{1, 2, 3}};
  const auto state = [&](std::string_view status) {
    const auto page = parse_notify_texts(
        base::bytes_of(fmt::format(R"({{"notifications":[{}],"links":{{}}}})",
                                   text_entry(fmt::format("\"{}\"", seal::to_text(id)), status))));
    EXPECT_TRUE(page && page->size() == 1) << status;
    EXPECT_EQ(page->front().message, id);
    EXPECT_EQ(page->front().created, kAnswerNight);
    return page->front().state;
  };
  EXPECT_EQ(state("delivered"), NotifyState::delivered);
  EXPECT_EQ(state("sent"), NotifyState::sent);
  EXPECT_EQ(state("permanent-failure"), NotifyState::permanent_failure);
  EXPECT_EQ(state("temporary-failure"), NotifyState::temporary_failure);
  EXPECT_EQ(state("technical-failure"), NotifyState::technical_failure);
  for (const char* status : {"created", "sending", "pending", "cancelled", "", "DELIVERED"})
    EXPECT_EQ(state(status), NotifyState::open) << status;
}

TEST(NotifyTexts, OfOthersHaveNoMessage) {
  for (const char* reference : {"null", "\"\"", "\"appointment 7\"", "7", "[]"}) {
    const auto page = parse_notify_texts(base::bytes_of(
        fmt::format(R"({{"notifications":[{}]}})", text_entry(reference, "delivered"))));
    ASSERT_TRUE(page && page->size() == 1) << reference;
    EXPECT_FALSE(page->front().message) << reference;
  }
}

TEST(NotifyTexts, OfADamagedEntryAreLeftOutAndADamagedPageIsNone) {
  const std::string sound = text_entry("null", "sending");
  const auto page = parse_notify_texts(base::bytes_of(fmt::format(
      R"({{"notifications":[{0},7,null,[],{{}},{{"id":"x&y","created_at":"2026-11-22 22:40:00"}},
          {{"id":"740e5834-3a29-46b4-9a6f-16142fde533b","created_at":"soon"}},{0}]}})",
      sound)));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->size(), 2U);
  for (const char* text : {"", "{}", "[]", R"({"notifications":{}})", R"({"notifications":null})"})
    EXPECT_FALSE(parse_notify_texts(base::bytes_of(text))) << text;
  std::string endless = R"({"notifications":[)" + sound;
  for (int i = 0; i < 1'000; ++i) endless += ',' + sound;
  EXPECT_FALSE(parse_notify_texts(base::bytes_of(endless + "]}")));
}

std::optional<Said> said(std::string_view number, std::string_view content) {
  const auto page = parse_notify_replies(base::bytes_of(fmt::format(
      R"({{"received_text_messages":[{{"id":"b4a1ec1d-2b0c-4b1e-8a39-ab0e7f0ab9a5",
          "user_number":"{}","notify_number":"447860000000","service_id":"{}",
          "created_at":"2026-11-22T22:40:00.000000Z","content":"{}"}}]}})",
      number, kIssuer, content)));
  EXPECT_TRUE(page && page->size() == 1);
  return page->front().said;
}

TEST(NotifyReplies, SayWhatSomebodyTextedFromWhichNumber) {
  const auto one = said("447700900123", "Y 20");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->id, said_id("sms", "b4a1ec1d-2b0c-4b1e-8a39-ab0e7f0ab9a5"));
  EXPECT_EQ(one->from, "+447700900123");
  EXPECT_EQ(one->words, "Y 20");
  EXPECT_EQ(one->at, kAnswerNight);
  EXPECT_EQ(said("+447700900123", "x")->from, "+447700900123");
  EXPECT_EQ(said("07700900123", "x")->from, "+447700900123");
  EXPECT_EQ(said("353861234567", "x")->from, "+353861234567");
}

TEST(NotifyReplies, OfWhatIsNoNumberAreLeftOut) {
  for (const char* number : {"", "60006", "NHS", "44", "447700900123 447700900124", "+"})
    EXPECT_FALSE(said(number, "Y")) << number;
}

TEST(NotifyReplies, KeepOddCharactersAndAreCutWhenTooLong) {
  EXPECT_EQ(said("447700900123", R"(yes\r\n\u0007\ud83d\udc4d)")->words, "yes\r\n\a👍");
  std::string longest;
  for (int i = 0; i < 801; ++i) longest += "ß";
  const auto cut = said("447700900123", longest);
  EXPECT_EQ(cut->words.size(), kMostSaidBytes);
  EXPECT_TRUE(base::is_utf8(cut->words));
  EXPECT_EQ(said("447700900123", "x" + longest)->words.size(), kMostSaidBytes - 1);
}

}  // namespace
}  // namespace tocsin::channel
