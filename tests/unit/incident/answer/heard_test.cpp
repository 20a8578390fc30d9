#include "incident/answer/heard.h"

#include <gtest/gtest.h>

namespace tocsin::incident {
namespace {

Heard heard(std::string_view words) {
  return hear(clauses_of(tokens_of(plain_spelling(words), 100)));
}

TEST(AnswerHeard, UnknownWordsOfTheirOwnDoNotMatter) {
  const Heard known = heard("yes 20 min, zebra quagga");
  EXPECT_FALSE(known.is_muddled);
  EXPECT_TRUE(known.is_partial);
  EXPECT_TRUE(known.has(Meaning::yes));
  EXPECT_EQ(known.times.size(), 1u);
}

TEST(AnswerHeard, UnknownWordsBesideAnAnswerDo) {
  for (const char* words : {"zebra is coming", "no zebra", "can't zebra", "zebra here now leaving"})
    EXPECT_TRUE(heard(words).is_muddled) << words;
}

TEST(AnswerHeard, AQuestionBeforeAnAnswerMuddlesIt) {
  EXPECT_TRUE(heard("is this real? yes 20").is_muddled);
  EXPECT_TRUE(heard("yes 20?").is_muddled);
  EXPECT_FALSE(heard("yes 20. where do i park?").is_muddled);
}

TEST(AnswerHeard, TimesUntilAndForAreNotArrivals) {
  EXPECT_TRUE(heard("busy until 9").times.empty());
  EXPECT_TRUE(heard("leaving in 20").is_muddled);
  EXPECT_TRUE(heard("can do 2 hours").is_muddled);
}

TEST(AnswerHeard, ARefusalAtTheEndIsSeen) {
  EXPECT_TRUE(heard("I'd love to but I can't").ends_in_refusal);
  EXPECT_TRUE(heard("in the zebra, no").ends_in_no);
  EXPECT_FALSE(heard("no, zebra").ends_in_no && !heard("no, zebra").is_partial);
  EXPECT_FALSE(heard("but no?").ends_in_refusal);
  EXPECT_FALSE(heard("so I can't wait").ends_in_refusal);
}

}  // namespace
}  // namespace tocsin::incident
