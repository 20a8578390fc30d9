#include "channel/json_answer.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

Json answer(std::string_view text) { return parse_answer(base::bytes_of(text)); }

TEST(JsonAnswer, ThatIsNoneIsNothing) {
  for (const char* text : {"", "{", "<html>", "{\"a\": 1} x", "\xff", "{\"a\": \"\xc3\"}"}) {
    EXPECT_TRUE(answer(text).is_null()) << text;
    EXPECT_TRUE(member(answer(text), "a").is_null()) << text;
  }
  EXPECT_TRUE(member(answer("[1]"), "a").is_null());
}

TEST(JsonAnswer, MayNestAsDeepAsItLikes) {
  const std::string open(1'000'000, '[');
  EXPECT_TRUE(answer(open).is_null());
  EXPECT_TRUE(answer(open + std::string(open.size(), ']')).is_array());
}

// Otherwise one text from a stranger would hold up the page with everybody else's.
TEST(JsonAnswer, IsReadWhateverStandsInItsTexts) {
  const Json read = answer(R"({"a": "\u0000\u0007\u202e\r\n", "b": "Y 20"})");
  EXPECT_EQ(text_member(read, "a"), std::string_view("\0\a\u202e\r\n", 7));
  EXPECT_EQ(text_member(read, "b"), "Y 20");
}

TEST(JsonAnswer, GivesTextsThatAreTextsAndNotTooLong) {
  const Json read = answer(R"({"a": 1, "b": ["x"], "c": "xyz", "d": null})");
  for (const char* name : {"a", "b", "d", "e"}) EXPECT_EQ(text_member(read, name), "") << name;
  EXPECT_EQ(text_member(read, "c", 3), "xyz");
  EXPECT_EQ(text_member(read, "c", 2), "");
}

TEST(ProviderTime, IsReadAsProvidersWriteIt) {
  const base::Instant at{std::chrono::sys_days{std::chrono::year{2024} / 5 / 17} + 15h + 58min +
                         38s + 342ms};
  for (const char* text : {"2024-05-17 15:58:38.342838", "2024-05-17T15:58:38.342838Z",
                           "2024-05-17T15:58:38.342", "2024-05-17T16:58:38.342+01:00"})
    EXPECT_EQ(provider_time(text), at) << text;
  for (const char* text : {"", "yesterday", "2024-05-17", "2024-05-17 15", "15:58:38"})
    EXPECT_FALSE(provider_time(text)) << text;
}

TEST(BeginningOf, EndsWithACharacter) {
  EXPECT_EQ(beginning_of("Grüße", 7), "Grüße");
  EXPECT_EQ(beginning_of("Grüße", 6), "Grüß");
  EXPECT_EQ(beginning_of("Grüße", 5), "Grü");
  EXPECT_EQ(beginning_of("Grüße", 3), "Gr");
  EXPECT_EQ(beginning_of("😀", 3), "");
  EXPECT_EQ(beginning_of("", 0), "");
}

}  // namespace
}  // namespace tocsin::channel
