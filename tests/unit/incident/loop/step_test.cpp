#include "incident/loop/step.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

TEST(Step, WithoutADeclarationThereIsNothingToDo) {
  Stepper stepper;
  base::SeededRandom ids{1};
  const State state;
  const Step step = stepper.step(state, at(0), ids);
  EXPECT_TRUE(step.events.empty());
  EXPECT_FALSE(step.wake);
}

TEST(Step, AsksOnlyPeopleWhoCanHelpAndBeReached) {
  Night night;
  night.settle(0);
  EXPECT_FALSE(night.of("fay").was_asked());  // a porter, who can hold no post
  EXPECT_FALSE(night.of("gus").was_asked());  // a nurse, but no telephone
  EXPECT_TRUE(night.of("ana").was_asked());
  EXPECT_TRUE(night.of("dee").was_asked() || night.of("eli").was_asked());
}

TEST(Step, AYesIsGivenAPostAndToldInOneGo) {
  Night night;
  night.settle(0);
  night.replies(4, "ana", Answer::coming, 25);
  night.settle(4);
  const Person& ana = night.of("ana");
  ASSERT_EQ(ana.status, Status::assigned);
  EXPECT_EQ(night.state.slots[ana.slot].post, night.post("resus/nurse/response"));
  EXPECT_EQ(ana.written, Status::assigned);
  EXPECT_EQ(ana.written_post.str(), "resus/nurse/response");
}

TEST(Step, AWithdrawalReopensThePostForWhoIsHeldBack) {
  Night night;
  night.settle(0);
  for (const char* id : {"ana", "ben", "cyn"}) night.replies(4, id, Answer::coming, 25);
  night.settle(4);
  const Slot before = night.state.slots[night.of("ana").slot];
  night.replies(10, "ana", Answer::no, 10);
  night.settle(10);
  EXPECT_EQ(night.of("ana").status, Status::free);
  // Besides Ana only Ben has trauma, so he gets the seat of the first shift and leaves any other.
  EXPECT_EQ(night.state.slots[night.of("ben").slot].post, night.post("resus/nurse/response"));
  EXPECT_EQ(before.post, night.post("resus/nurse/response"));
}

TEST(Step, NobodyIsTakenFromASeatOfTonightForOneOfTomorrow) {
  Night night;
  // Only the ward is left in the first shift, and Ana holds its seat in time.
  night.happens(0, NeedSet{PostId{"resus/nurse/response"}, 0, at(30), "not needed"});
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 25);
  night.settle(1);
  ASSERT_EQ(night.state.slots[night.of("ana").slot].post, night.post("wards/nurse/response"));
  // One more seat would be filled with Cynthia on the ward, who would be late, and Ana in the
  // relief.
  night.replies(40, "cyn", Answer::coming, 70);
  night.settle(40);
  EXPECT_EQ(night.state.slots[night.of("ana").slot].post, night.post("wards/nurse/response"));
}

TEST(Step, WhoWasLetGoWhileSilentCanBeAskedForTheNextShift) {
  Night night;
  const PostId relief{"resus/nurse/relief"};
  night.happens(0, NeedSet{PostId{"resus/nurse/response"}, 1, at(60), "one is enough"});
  night.happens(0, NeedSet{relief, 0, at(480), "not needed"});
  night.happens(0, NeedSet{PostId{"wards/nurse/response"}, 0, at(60), "not needed"});
  night.settle(0);
  ASSERT_TRUE(night.of("ben").was_asked());
  night.replies(1, "ana", Answer::coming, 25);
  night.settle(1);
  ASSERT_EQ(night.of("ben").status, Status::stood_down);
  night.happens(10, NeedSet{relief, 1, at(480), "they will be tired"});
  night.settle(10);
  const Person& ben = night.of("ben");
  EXPECT_EQ(ben.asked_for, relief);
  EXPECT_TRUE(night.state.silent.contains(night.index("ben")));
  const auto requests = std::count_if(ben.messages.begin(), ben.messages.end(), [&](auto index) {
    return night.state.messages[index].kind == playbook::MessageKind::request;
  });
  EXPECT_EQ(requests, 1);
  night.replies(20, "ben", Answer::later, 470);
  night.settle(20);
  EXPECT_EQ(night.of("ben").status, Status::assigned);
}

TEST(Step, NobodyIsPutIntoAShiftThatIsNearlyOver) {
  Night night;
  night.settle(0);
  night.replies(3, "ana", Answer::later, 470);
  night.settle(3);
  ASSERT_EQ(night.of("ana").status, Status::assigned);
  // She arrives ten minutes before the end of the first shift, which has empty seats.
  night.replies(470, "ana", Answer::arrived, 470);
  night.settle(470);
  ASSERT_EQ(night.of("ana").status, Status::assigned);
  EXPECT_EQ(night.state.slots[night.of("ana").slot].post, night.post("resus/nurse/relief"));
}

TEST(Step, LaterMeansTheNextShift) {
  Night night;
  night.settle(0);
  night.replies(3, "ana", Answer::later, 470);
  night.settle(3);
  const Person& ana = night.of("ana");
  ASSERT_EQ(ana.status, Status::assigned);
  EXPECT_EQ(night.state.slots[ana.slot].post, night.post("resus/nurse/relief"));
  const auto told = std::find_if(night.state.messages.rbegin(), night.state.messages.rend(),
                                 [&](const Message& m) { return m.person == night.index("ana"); });
  EXPECT_EQ(told->kind, playbook::MessageKind::reserve);
}

TEST(Step, AnOfferIsThankedAndDisturbsNobody) {
  Night night;
  night.settle(0);
  const auto prompts = night.state.prompts.size();
  night.replies(2, "fay", Answer::coming, 10);
  night.settle(2);
  EXPECT_TRUE(night.of("fay").offered);
  EXPECT_TRUE(night.of("fay").acknowledged);
  EXPECT_EQ(night.of("fay").status, Status::free);
  EXPECT_EQ(night.state.prompts.size(), prompts);
}

TEST(Step, WhenTheIncidentEndsEverybodyHearsSo) {
  Night night;
  night.settle(0);
  night.replies(4, "ana", Answer::coming, 25);
  night.settle(4);
  night.happens(30, Ended{"false alarm"});
  night.settle(30);
  for (const Person& person : night.state.people) {
    if (!person.was_asked()) continue;
    EXPECT_EQ(person.status, Status::stood_down);
    // People who were not rung yet are not rung only to hear that they need not come.
    EXPECT_EQ(person.written == Status::stood_down, !person.uncalled);
  }
  EXPECT_EQ(night.of("ana").written, Status::stood_down);
}

// The allocation beside the state is only a cache: a new stepper finds nothing to do.
TEST(Step, AFreshStepperAgrees) {
  Night night;
  night.settle(0);
  night.replies(4, "ana", Answer::coming, 25);
  night.replies(5, "dee", Answer::last_resort, 5);
  night.settle(5);
  night.replies(7, "cyn", Answer::coming, 30);
  night.settle(7);
  Stepper fresh;
  base::SeededRandom ids{7};
  EXPECT_TRUE(fresh.step(night.state, at(7), ids).events.empty());
}

}  // namespace
}  // namespace tocsin::incident
