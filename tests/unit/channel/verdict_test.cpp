#include "channel/verdict.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

HttpAnswer failed(HttpFailure failure) {
  HttpAnswer answer;
  answer.failure = failure;
  return answer;
}

TEST(Verdict, IsFailedForNowWhenNothingCanHaveArrived) {
  for (const HttpFailure failure :
       {HttpFailure::not_sent, HttpFailure::not_trusted, HttpFailure::not_allowed})
    EXPECT_EQ(verdict_without_answer(failed(failure), "X")->receipt, Receipt::failed_for_now);
}

TEST(Verdict, IsUnknownWhenSomethingMayHaveArrived) {
  for (const HttpFailure failure :
       {HttpFailure::unknown, HttpFailure::interrupted, HttpFailure::too_large})
    EXPECT_EQ(verdict_without_answer(failed(failure), "X")->receipt, Receipt::unknown);
}

TEST(Verdict, IsLeftToWhoKnowsTheProviderWhenThereIsAnAnswer) {
  EXPECT_EQ(verdict_without_answer(failed(HttpFailure::none), "X"), std::nullopt);
}

TEST(Verdict, NamesTheProvider) {
  EXPECT_EQ(verdict_without_answer(failed(HttpFailure::not_sent), "Viber")->reason,
            "Viber is out of reach");
}

HttpAnswer answered(int status) {
  HttpAnswer answer = failed(HttpFailure::none);
  answer.status = status;
  return answer;
}

TEST(ReadingTrouble, SaysWhatCannotBeReadAndWhy) {
  const auto why = [](const HttpAnswer& answer) {
    return reading_trouble(answer, "the list", "the key is refused");
  };
  EXPECT_EQ(why(answered(401)), "the list cannot be read: the key is refused");
  EXPECT_EQ(why(answered(403)), why(answered(401)));
  EXPECT_EQ(why(answered(200)), "the list cannot be read: it is damaged");
  EXPECT_EQ(why(answered(502)), "the list cannot be read: the answer is 502");
  EXPECT_EQ(why(failed(HttpFailure::unknown)), "the list cannot be read: it is out of reach");
  EXPECT_EQ(why(failed(HttpFailure::not_sent)), why(failed(HttpFailure::unknown)));
  EXPECT_NE(why(failed(HttpFailure::not_trusted)), why(failed(HttpFailure::too_large)));
}

// Whoever ends the program is no trouble.
TEST(ReadingTrouble, IsNoneWhenItWasInterrupted) {
  EXPECT_EQ(reading_trouble(failed(HttpFailure::interrupted), "the list", "refused"), "");
}

}  // namespace
}  // namespace tocsin::channel
