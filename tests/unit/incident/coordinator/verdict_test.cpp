#include "incident/coordinator/verdict.h"

#include <gtest/gtest.h>

#include <array>

#include "base/fault.h"
#include "incident/coordinator/shortfall.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

constexpr std::array kFlags = {Flag::gap,     Flag::phone_list,     Flag::rest_override,
                               Flag::refused, Flag::channel_failed, Flag::lead_missing};

int prompt_of(const Night& night, Flag flag, const char* subject) {
  for (std::size_t i = 0; i < night.state.prompts.size(); ++i)
    if (night.state.prompts[i].flag == flag && night.state.prompts[i].subject == subject)
      return static_cast<int>(i) + 1;
  return 0;
}

void answer(Night& night, int minute, int number, Verdict verdict = Verdict::accepted) {
  Order order = answer_prompt(night.state, static_cast<std::uint64_t>(number), verdict, "because",
                              at(minute), night.random);
  for (Body& body : order.events) night.happens(minute, std::move(body));
}

// Both doctors say no, so that nobody on the roster can fill the doctor's post.
void both_doctors_say_no(Night& night) {
  night.settle(0);
  night.replies(1, "dee", Answer::no, 1);
  night.replies(1, "eli", Answer::no, 1);
  night.settle(6);
}

TEST(VerdictTest, AnAcceptedGapBelowTheSafeNumberIsForANeighbour) {
  Night night;
  both_doctors_say_no(night);
  const int number = prompt_of(night, Flag::gap, "resus");
  const Order order = answer_prompt(night.state, static_cast<std::uint64_t>(number),
                                    Verdict::accepted, "", at(7), night.random);
  EXPECT_EQ(order.events.size(), 1U);  // Tocsin can do nothing itself
  EXPECT_NE(order.said.find("a neighbouring hospital for 1 Emergency doctor; Tocsin cannot"),
            std::string::npos)
      << order.said;
}

TEST(VerdictTest, AnAcceptedGapAboveTheSafeNumberLowersTheNeed) {
  Night night;
  night.settle(0);
  // One of the two trauma nurses comes, which is the safe number; the other does not.
  night.replies(1, "ana", Answer::coming, 25);
  night.replies(1, "ben", Answer::no, 1);
  night.settle(6);
  const int number = prompt_of(night, Flag::gap, "resus");
  ASSERT_NE(number, 0);
  answer(night, 7, number);
  EXPECT_EQ(night.state.playbook.posts[night.post("resus/nurse/response")].count(), 1);
  EXPECT_EQ(night.state.open_seats()[night.post("resus/nurse/response")], 0);
  EXPECT_EQ(night.of("ana").status, Status::assigned);
  night.settle(8);
  EXPECT_TRUE(shortfalls_of(night.state, night.state.playbook.areas.front(), at(8)).empty());
}

TEST(VerdictTest, AnAcceptedDefaultThatComesTooLateDoesNothing) {
  Night night;
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 25);
  night.replies(1, "ben", Answer::no, 1);
  night.settle(6);
  // Five minutes before the end of the shift no later time of need is possible.
  night.state.playbook.limits.unanswered_gap = playbook::Unanswered::accept;
  night.state.playbook.limits.prompt_window = base::Minutes{469};
  const auto number = static_cast<std::size_t>(prompt_of(night, Flag::gap, "resus"));
  ASSERT_NE(number, 0U);
  EXPECT_THROW(answer_prompt(night.state, number, Verdict::accepted, "", at(475), night.random),
               base::Fault);
  std::vector<Body> events;
  expire(night.state, number, at(475), night.random, events);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(std::get<Answered>(events.front()).why,
            "nothing could be done: the Response shift ends at " + base::local_clock(at(8 * 60)));
  night.settle(475);
  EXPECT_EQ(night.state.prompts[number - 1].verdict, Verdict::expired);
  EXPECT_EQ(night.state.playbook.posts[night.post("resus/nurse/response")].count(), 2);
}

TEST(VerdictTest, AnAnswerIsGivenOnce) {
  Night night;
  both_doctors_say_no(night);
  const int number = prompt_of(night, Flag::gap, "resus");
  answer(night, 7, number, Verdict::declined);
  const Order again = answer_prompt(night.state, static_cast<std::uint64_t>(number),
                                    Verdict::accepted, "", at(8), night.random);
  EXPECT_TRUE(again.events.empty());
  EXPECT_THROW(answer_prompt(night.state, 99, Verdict::accepted, "", at(8), night.random),
               base::Fault);
  EXPECT_THROW(answer_prompt(night.state, 0, Verdict::accepted, "", at(8), night.random),
               base::Fault);
}

TEST(VerdictTest, OnlyGapsAndLeadsAreAboutAnArea) {
  const Night night;
  for (const Flag flag : kFlags) {
    Prompt prompt;
    prompt.flag = flag;
    prompt.subject = "wards";
    const playbook::Area* area = area_of(night.state, prompt);
    ASSERT_EQ(area != nullptr, is_about_an_area(flag)) << to_text(flag);
    EXPECT_EQ(area == nullptr ? "" : area->id.str(), is_about_an_area(flag) ? "wards" : "");
    prompt.subject = "no such area";
    EXPECT_EQ(area_of(night.state, prompt), nullptr);
  }
}

// What the board says will happen without an answer is what then happens.
TEST(VerdictTest, TheDefaultThatIsShownIsTheDefaultThatHolds) {
  for (const auto said : {playbook::Unanswered::accept, playbook::Unanswered::decline})
    for (const Flag flag : kFlags) {
      Night night;
      playbook::Limits& limits = night.state.playbook.limits;
      limits.unanswered_gap = limits.unanswered_lead_missing = limits.unanswered_rest_override =
          said;
      // One nurse comes, which is the safe number of two, and nobody else can.
      night.replies(1, "ana", Answer::coming, 25);
      night.happens(1, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(25), ""},
                    "");
      night.happens(2, Forecasted{{}, {PostId{"resus/nurse/response"}}}, "");
      night.state.playbook.areas.front().lead = playbook::RoleId{"doctor"};
      night.happens(3, Flagged{flag, is_about_an_area(flag) ? "resus" : "", "do it"}, "");
      EXPECT_EQ(expiry_of(night.state, night.state.prompts.front()), at(18));
      const int minute = 31;  // the doctor who leads should have been there
      std::vector<Body> events;
      expire(night.state, 1, at(minute), night.random, events);
      const Answered first = std::get<Answered>(events.front());
      EXPECT_EQ(first.prompt, 1U);
      EXPECT_EQ(first.verdict, Verdict::expired);
      EXPECT_EQ(first.why, default_of(night.state, flag));
      const bool acts = said == playbook::Unanswered::accept && is_about_an_area(flag);
      EXPECT_EQ(events.size() > 1, acts) << to_text(flag);
      night.all_happen(minute, std::move(events));
      EXPECT_EQ(night.state.keeps_rest, first.why == "nobody is asked whose rest would be broken");
      EXPECT_EQ(night.state.playbook.posts[night.post("resus/nurse/response")].count(),
                acts && flag == Flag::gap ? 1 : 2);
    }
}

TEST(VerdictTest, WhatHasPassedMeanwhileIsAcceptedWithoutAnythingToDo) {
  Night night;
  for (const Flag flag : kFlags) night.happens(1, Flagged{flag, "closed since", "do it"}, "");
  for (std::uint64_t number = 1; number <= kFlags.size(); ++number)
    for (const Verdict verdict : {Verdict::accepted, Verdict::declined}) {
      const Order order =
          answer_prompt(night.state, number, verdict, "because", at(2), night.random);
      ASSERT_EQ(order.events.size(), 1U) << number;
      EXPECT_EQ(std::get<Answered>(order.events.front()).why, "because");
      EXPECT_EQ(std::get<Answered>(order.events.front()).verdict, verdict);
    }
}

TEST(VerdictTest, AfterTheEndNothingIsAnswered) {
  Night night;
  night.happens(1, Flagged{Flag::gap, "resus", "do it"}, "");
  night.happens(2, Ended{"false alarm"});
  EXPECT_THROW(answer_prompt(night.state, 1, Verdict::accepted, "", at(3), night.random),
               base::Fault);
}

}  // namespace
}  // namespace tocsin::incident
