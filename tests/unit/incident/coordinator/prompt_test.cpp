#include "incident/coordinator/prompt.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "incident/coordinator/verdict.h"
#include "incident/view/board.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

Prompt one(const Night& night, Flag flag, const char* subject) {
  Prompt found;
  int count = 0;
  for (const Prompt& prompt : night.state.prompts)
    if (prompt.flag == flag && prompt.subject == subject) {
      found = prompt;
      ++count;
    }
  EXPECT_EQ(count, 1) << to_text(flag) << " " << subject;
  return found;
}

int number_of(const Night& night, Flag flag, const char* subject) {
  for (std::size_t i = 0; i < night.state.prompts.size(); ++i)
    if (night.state.prompts[i].flag == flag && night.state.prompts[i].subject == subject)
      return static_cast<int>(i) + 1;
  return 0;
}

void accept(Night& night, int minute, int number, Verdict verdict = Verdict::accepted) {
  Order order = answer_prompt(night.state, static_cast<std::uint64_t>(number), verdict, "because",
                              at(minute), night.random);
  for (Body& body : order.events) night.happens(minute, std::move(body));
}

// Both doctors say no, so that nobody on the roster can fill the doctor's post.
void lose_the_doctors(Night& night) {
  night.settle(0);
  night.replies(1, "dee", Answer::no, 1);
  night.replies(1, "eli", Answer::no, 1);
  night.settle(6);
}

TEST(PromptTest, AGapIsAskedAboutOnceForItsArea) {
  Night night;
  lose_the_doctors(night);
  const Prompt gap = one(night, Flag::gap, "resus");
  EXPECT_TRUE(gap.raised);
  EXPECT_NE(gap.advice.find("1 Emergency doctor"), std::string::npos) << gap.advice;
  for (int minute = 7; minute < 15; ++minute) night.settle(minute);
  one(night, Flag::gap, "resus");
}

TEST(PromptTest, AGapSaysWhenItIsThePlaybookThatLetsNobodyMoreBeCalled) {
  // Nobody has a staff group, so the share is of all seven people.
  Night night{std::string{kPlaybook} + "  largest_share: 10%\n"};
  night.settle(0);
  EXPECT_EQ(std::count_if(night.state.people.begin(), night.state.people.end(),
                          [](const Person& person) { return person.was_asked(); }),
            1);
  night.settle(6);
  const Prompt gap = one(night, Flag::gap, "resus");
  EXPECT_NE(gap.advice.find("largest_share"), std::string::npos) << gap.advice;
}

TEST(PromptTest, NoGapWhileSomebodyMayStillAnswer) {
  Night night;
  night.settle(0);
  for (int minute = 1; minute < 12; ++minute) night.settle(minute);
  EXPECT_EQ(number_of(night, Flag::gap, "resus"), 0);  // all are on the phone list
}

TEST(PromptTest, WithoutAnAnswerItsDefaultHolds) {
  Night night;
  lose_the_doctors(night);
  const Prompt gap = one(night, Flag::gap, "resus");
  const auto decisions = night.state.decisions;
  night.settle(6 + static_cast<int>(night.state.playbook.limits.prompt_window.count()));
  EXPECT_EQ(one(night, Flag::gap, "resus").verdict, Verdict::expired);
  EXPECT_EQ(night.state.decisions, decisions);  // nobody decided anything
  EXPECT_EQ(night.state.playbook.posts[night.post("resus/doctor/response")].count(), 1);
  // It asks again only after the quiet time.
  night.settle(5 + static_cast<int>(kPromptQuiet.count()));
  one(night, Flag::gap, "resus");
  night.settle(7 + static_cast<int>(kPromptQuiet.count()));
  EXPECT_TRUE(night.state.prompts.back().waits());
}

TEST(PromptTest, ThePlaybookSaysHowLongItWaitsAndWhatHoldsThen) {
  Night night;
  night.state.playbook.limits.prompt_window = base::Minutes{5};
  night.state.playbook.limits.unanswered_gap = playbook::Unanswered::accept;
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 25);
  night.replies(1, "ben", Answer::no, 1);
  night.settle(6);
  const PostIndex nurse = night.post("resus/nurse/response");
  const auto number = static_cast<std::size_t>(number_of(night, Flag::gap, "resus"));
  ASSERT_NE(number, 0U);
  for (const Waiting& waits : board(night.state, at(6)).waiting) {
    if (waits.number != number) continue;
    EXPECT_EQ(waits.expires, at(11));
    EXPECT_EQ(waits.otherwise, "what can be spared is done without; the rest is still needed");
  }
  night.settle(10);
  EXPECT_TRUE(night.state.prompts[number - 1].waits());
  EXPECT_EQ(night.state.playbook.posts[nurse].count(), 2);
  const auto decisions = night.state.decisions;
  night.settle(11);
  EXPECT_EQ(night.state.prompts[number - 1].verdict, Verdict::expired);
  EXPECT_EQ(night.state.playbook.posts[nurse].count(), 1);
  EXPECT_EQ(night.state.decisions, decisions);  // nobody decided anything
}

TEST(PromptTest, AnAcceptedDefaultNamesWhoLeads) {
  Night night;
  night.state.playbook.areas.front().lead = playbook::RoleId{"doctor"};
  night.state.playbook.limits.unanswered_lead_missing = playbook::Unanswered::accept;
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 25);
  night.replies(1, "dee", Answer::no, 1);
  night.replies(1, "eli", Answer::no, 1);
  night.settle(6);
  const Prompt asked = one(night, Flag::lead_missing, "resus");
  EXPECT_NE(asked.advice.find("let Ana Bell lead"), std::string::npos) << asked.advice;
  night.settle(21);
  EXPECT_EQ(one(night, Flag::lead_missing, "resus").verdict, Verdict::expired);
  const Message& told = night.state.messages.back();
  EXPECT_EQ(told.person, night.index("ana"));
  EXPECT_NE(told.text.find("You lead Resuscitation"), std::string::npos) << told.text;
}

TEST(PromptTest, ALeadWhoComesEndsThePromptAlsoWhenALaterShiftHasNone) {
  Night night;
  night.state.playbook.areas.front().lead = playbook::RoleId{"nurse"};
  night.settle(0);
  night.replies(1, "ana", Answer::no, 1);
  night.replies(1, "ben", Answer::no, 1);
  night.settle(6);
  const auto lead_missing =
      static_cast<std::uint64_t>(number_of(night, Flag::lead_missing, "resus"));
  const auto is_shown = [&] {
    const auto shown = waiting(night.state);
    return std::find(shown.begin(), shown.end(), lead_missing) != shown.end();
  };
  ASSERT_TRUE(is_shown());
  night.replies(7, "ana", Answer::coming, 25);
  night.settle(7);
  ASSERT_GT(night.state.open_seats(night.post("resus/nurse/relief")), 0);
  EXPECT_FALSE(is_shown()) << "a nurse is coming";
}

TEST(PromptTest, ARepeatedQuestionIsTheSamePrompt) {
  Night night;
  night.happens(1, Flagged{Flag::gap, "wards", "ask a neighbour for 2"}, "");
  night.happens(2, Flagged{Flag::gap, "wards", "ask a neighbour for 1"}, "");
  ASSERT_EQ(night.state.prompts.size(), 1U);
  EXPECT_EQ(night.state.prompts[0].advice, "ask a neighbour for 1");
  EXPECT_EQ(night.state.interruptions, 0U);
}

TEST(PromptTest, BeyondTheBudgetTheyWaitSilently) {
  Night night;
  night.settle(0);
  night.state.playbook.limits.prompts_per_hour = 1;
  ASSERT_EQ(night.state.interruptions, 1U);  // the phone list
  night.replies(1, "dee", Answer::no, 1);
  night.replies(1, "eli", Answer::no, 1);
  night.settle(6);
  EXPECT_FALSE(one(night, Flag::gap, "resus").raised);
  EXPECT_EQ(night.state.interruptions, 1U);
  // It is on the board all the same, before less important prompts.
  const Board b = board(night.state, at(6));
  ASSERT_EQ(b.waiting.size(), 2U);
  EXPECT_EQ(b.waiting[0].flag, Flag::gap);
  EXPECT_FALSE(b.waiting[0].raised);
}

TEST(PromptTest, AnAreaInterruptsOnceAnHour) {
  Night night;
  lose_the_doctors(night);
  const auto before = night.state.interruptions;
  night.happens(7, Flagged{Flag::lead_missing, "resus", "name somebody"}, "");
  night.settle(7);
  EXPECT_EQ(night.state.interruptions, before);
}

TEST(PromptTest, ManyRefusalsAreOnePrompt) {
  Night night;
  night.settle(0);
  night.happens(1, Refused{std::string{kDuplicate}, 500}, "");
  night.settle(1);
  EXPECT_EQ(number_of(night, Flag::refused, ""), 0);
  night.happens(2, Refused{"bad signature", 500}, "");
  night.settle(2);
  night.happens(3, Refused{"not a reply", 500}, "");
  night.settle(3);
  one(night, Flag::refused, "");
}

// Dee is the only doctor who has not said no, and coming would break her rest.
TEST(PromptTest, OnlyTheTiredAreLeftAndACoordinatorMaySayNo) {
  Night night;
  night.happens(0, Released{PersonId{"eli"}, "unwell"});
  night.settle(0);
  for (int minute = 1; minute < 12; ++minute) night.settle(minute);
  const int number = number_of(night, Flag::rest_override, "");
  ASSERT_NE(number, 0);
  EXPECT_NE(night.state.prompts[static_cast<std::size_t>(number) - 1].advice.find(
                "resus/doctor/response"),
            std::string::npos);
  EXPECT_FALSE(night.state.keeps_rest);
  accept(night, 12, number, Verdict::declined);
  EXPECT_TRUE(night.state.keeps_rest);
}

TEST(PromptTest, ThePlaybookMaySayNoForTheCoordinator) {
  for (const auto said : {playbook::Unanswered::accept, playbook::Unanswered::decline}) {
    Night night;
    night.state.playbook.limits.unanswered_rest_override = said;
    night.happens(0, Released{PersonId{"eli"}, "unwell"});
    night.settle(0);
    for (int minute = 1; minute < 30; ++minute) night.settle(minute);
    EXPECT_EQ(one(night, Flag::rest_override, "").verdict, Verdict::expired);
    EXPECT_EQ(night.state.keeps_rest, said == playbook::Unanswered::decline);
  }
}

}  // namespace
}  // namespace tocsin::incident
