#include "incident/answer/clauses.h"

#include <gtest/gtest.h>

namespace tocsin::incident {
namespace {

std::vector<Clause> clauses(std::string_view words) {
  return clauses_of(tokens_of(plain_spelling(words), 100));
}

TEST(AnswerClauses, EndAtStopsAndQuestions) {
  EXPECT_EQ(clauses("").size(), 1u);
  EXPECT_EQ(clauses("yes 20 min").size(), 1u);
  EXPECT_EQ(clauses("yes, 20. thanks").size(), 3u);
  const auto asked = clauses("Y 20 which entrance?");
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_FALSE(asked[0].is_question);
  EXPECT_TRUE(asked[1].is_question);
}

TEST(AnswerClauses, KnowWhatTheyFollow) {
  const auto said = clauses("no car so no\n\nbut yes");
  ASSERT_EQ(said.size(), 3u);
  EXPECT_TRUE(said[1].follows_so);
  EXPECT_TRUE(said[2].follows_but);
  EXPECT_TRUE(said[2].is_below);
  EXPECT_FALSE(said[1].is_below);
}

TEST(AnswerClauses, ADigitAtTheBeginningIsAKey) {
  const Meaning keys[] = {Meaning::yes, Meaning::later, Meaning::last_resort, Meaning::no};
  for (int key = 1; key <= 4; ++key) {
    const std::string digit = std::to_string(key);
    for (const std::string& words : {digit, digit + " 20", "option " + digit})
      EXPECT_EQ(clauses(words).front().items[words.size() > 6 ? 1 : 0].meaning, keys[key - 1]);
    for (const std::string& words :
         {digit + " hours", digit + "pm", digit + ":30", "with " + digit}) {
      const std::vector<Item> items = clauses(words).front().items;
      for (const Item& item : items) EXPECT_NE(item.meaning, keys[key - 1]) << words;
    }
  }
}

TEST(AnswerClauses, AConditionIsALastResortOnlyForAShortage) {
  EXPECT_EQ(clauses("only if you are really short").front().items.front().meaning,
            Meaning::last_resort);
  EXPECT_EQ(clauses("if the bridge is open").front().items.front().meaning, Meaning::hedge);
}

}  // namespace
}  // namespace tocsin::incident
