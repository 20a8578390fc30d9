#include "roster/reading/duty_tokens.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

std::string words_of(std::string_view text) {
  const std::vector<DutyToken> tokens = tokens_of(text);
  return phrase_of(tokens, 0, tokens.size());
}

TEST(DutyTokens, WordsWithoutTimesAndPunctuation) {
  EXPECT_EQ(words_of("Night (On-Call) 20:00-08:00"), "night-on-call");
  EXPECT_EQ(words_of("A/L, a.l."), "al-al");
  EXPECT_EQ(words_of("Carer’s leave"), "carers-leave");
  EXPECT_EQ(words_of(""), "");
  EXPECT_NE(words_of("άδεια"), words_of("εφημερία"));
}

TEST(DutyTokens, PunctuationSetsWordsApart) {
  const auto is_apart = [](std::string_view text) { return tokens_of(text).back().is_apart; };
  for (const char* text : {"sick ward", "sick-ward", "sick  ward", "ward"})
    EXPECT_FALSE(is_apart(text)) << text;
  for (const char* text : {"sick - ward", "sick (ward)", "sick: ward", "sick, ward", "sick\nward"})
    EXPECT_TRUE(is_apart(text)) << text;
}

TEST(DutyTokens, HoursThatAreATimeOnlyToPeople) {
  EXPECT_EQ(without_hours("ld 12h"), "ld    ");
  EXPECT_EQ(without_hours("ld 0800-2000"), "ld          ");
  EXPECT_EQ(without_hours("wards 4-5"), "wards 4-5");
}

TEST(DutyTokens, SignsOfDoubt) {
  for (const char* text : {"N?", "？", "~~N~~", "N\u0336", "❌ N", "N 🌴"})
    EXPECT_TRUE(has_mark_of_doubt(text)) << text;
  for (const char* text : {"N", "N*", "🌙 Night → nurse …", "~ 8:00", ""})
    EXPECT_FALSE(has_mark_of_doubt(text)) << text;
}

TEST(DutyTokens, HowManyIsNoWord) {
  for (const char* text : {"x2", "2x", "x10"}) EXPECT_TRUE(is_multiple(text)) << text;
  for (const char* text : {"2", "x", "fx2", "x-ray", "x200", "2y"})
    EXPECT_FALSE(is_multiple(text)) << text;
}

}  // namespace
}  // namespace tocsin::roster
