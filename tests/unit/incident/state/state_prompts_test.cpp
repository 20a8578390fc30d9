// The fold of prompts: each question is asked once, and counted as often as it interrupts.
#include <gtest/gtest.h>

#include "base/fault.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

TEST(StatePrompts, AQuestionThatWaitsIsReplacedAndOneThatWasAnsweredIsAskedAnew) {
  Night night;
  night.happens(1, Flagged{Flag::gap, "resus", "ask a neighbour"}, "");
  night.happens(2, Flagged{Flag::gap, "resus", "ask two neighbours"}, "");
  night.happens(3, Flagged{Flag::gap, "wards", "ask a neighbour"}, "");
  ASSERT_EQ(night.state.prompts.size(), 2U);
  EXPECT_EQ(night.state.prompts[0].advice, "ask two neighbours");
  EXPECT_EQ(night.state.prompts[0].opened, at(1));
  night.happens(4, Answered{1, Verdict::declined, ""});
  night.happens(5, Flagged{Flag::gap, "resus", "ask again"}, "");
  ASSERT_EQ(night.state.prompts.size(), 3U);
  EXPECT_FALSE(night.state.prompts[0].waits());
  EXPECT_TRUE(night.state.prompts[2].waits());
  EXPECT_EQ(night.state.prompts[2].opened, at(5));
}

TEST(StatePrompts, AnInterruptionIsCountedOnceAndOnlyAPersonDecides) {
  Night night;
  night.happens(1, Flagged{Flag::gap, "resus", ""}, "");
  night.happens(1, Flagged{Flag::gap, "wards", ""}, "");
  night.happens(2, Raised{1}, "");
  night.happens(3, Raised{1}, "");
  EXPECT_EQ(night.state.interruptions, 1U);
  EXPECT_EQ(night.state.prompts[0].raised, at(3));
  EXPECT_FALSE(night.state.prompts[1].raised);
  night.happens(4, Answered{1, Verdict::expired, ""}, "");
  EXPECT_EQ(night.state.decisions, 0U);
  night.happens(4, Answered{2, Verdict::accepted, ""});
  EXPECT_EQ(night.state.decisions, 1U);
}

TEST(StatePrompts, ANumberThatNobodyGaveIsAFault) {
  Night night;
  night.happens(1, Flagged{Flag::gap, "resus", ""}, "");
  for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{2}, ~std::uint64_t{0}}) {
    EXPECT_THROW(night.happens(2, Raised{number}), base::Fault) << number;
    EXPECT_THROW(night.happens(2, Answered{number, Verdict::accepted, ""}), base::Fault) << number;
  }
}

// Silence means what the playbook says, and a coordinator's word what it says.
TEST(StatePrompts, RestIsKeptByTheLastVerdict) {
  const auto keeps_rest = [](const char* unanswered, Flag flag, Verdict verdict) {
    Night night{std::string{kPlaybook} + "  unanswered: {rest_override: " + unanswered + "}\n"};
    night.happens(1, Flagged{flag, "resus", ""}, "");
    night.happens(2, Answered{1, verdict, ""}, "");
    return night.state.keeps_rest;
  };
  for (const char* unanswered : {"accept", "decline"}) {
    EXPECT_FALSE(keeps_rest(unanswered, Flag::rest_override, Verdict::accepted));
    EXPECT_TRUE(keeps_rest(unanswered, Flag::rest_override, Verdict::declined));
    EXPECT_FALSE(keeps_rest(unanswered, Flag::gap, Verdict::declined));
  }
  EXPECT_FALSE(keeps_rest("accept", Flag::rest_override, Verdict::expired));
  EXPECT_TRUE(keeps_rest("decline", Flag::rest_override, Verdict::expired));
}

}  // namespace
}  // namespace tocsin::incident
