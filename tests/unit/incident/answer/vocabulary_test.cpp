#include "incident/answer/vocabulary.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"

namespace tocsin::incident {
namespace {

Phrase phrase(std::string_view words) { return phrase_at(tokens_of(plain_spelling(words), 100)); }

TEST(AnswerWords, NoPhraseHasTwoMeanings) {
  std::map<std::string, std::pair<Meaning, int>> meanings;
  for (const auto table : {english_words(), welsh_words(), polish_words(), urdu_words()})
    for (const Words& words : table)
      for (const std::string_view one : base::split(words.phrases, '|')) {
        ASSERT_FALSE(base::trim(one).empty());
        EXPECT_EQ(base::trim(one), one);
        const std::pair meaning{words.meaning, words.value};
        const auto [known, is_new] = meanings.try_emplace(plain_spelling(one), meaning);
        EXPECT_TRUE(is_new || known->second == meaning) << one;
      }
}

TEST(AnswerWords, EveryPhraseIsFoundAsAWhole) {
  for (const auto table : {english_words(), welsh_words(), polish_words(), urdu_words()})
    for (const Words& words : table)
      for (const std::string_view one : base::split(words.phrases, '|')) {
        const auto tokens = tokens_of(plain_spelling(one), 100);
        const Phrase found = phrase_at(tokens);
        EXPECT_EQ(found.meaning, words.meaning) << one;
        EXPECT_EQ(found.tokens, tokens.size()) << one;
      }
}

TEST(AnswerWords, TheLongestPhraseCounts) {
  EXPECT_EQ(phrase("coming").meaning, Meaning::coming);
  EXPECT_EQ(phrase("not coming").meaning, Meaning::no);
  EXPECT_EQ(phrase("no problem").meaning, Meaning::okay);
  EXPECT_EQ(phrase("can't come in").meaning, Meaning::no);
  EXPECT_EQ(phrase("can't come in before 7").meaning, Meaning::not_before);
  EXPECT_EQ(phrase("nie mogę przyjść").meaning, Meaning::no);
  EXPECT_EQ(phrase("nie ma problemu").meaning, Meaning::okay);
}

TEST(AnswerWords, OneSlipInALongWordIsForgiven) {
  for (const char* word : {"comming", "cooming", "comign"})
    EXPECT_EQ(phrase(word).meaning, Meaning::coming) << word;
  EXPECT_EQ(phrase("arrivedd").meaning, Meaning::here);
  // Of short words each is its own.
  for (const char* word : {"bo", "mo", "xes", "lane", "water"})
    EXPECT_EQ(phrase(word).meaning,
              word == std::string_view{"bo"} ? Meaning::because : Meaning::unknown)
        << word;
}

}  // namespace
}  // namespace tocsin::incident
