#include "incident/coordinator/order.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "incident/seating/arrival.h"
#include "incident/state/find.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using base::Exit;
using base::Fault;

template <class Body>
const Body& only(const Order& order) {
  EXPECT_EQ(order.events.size(), 1U);
  return std::get<Body>(order.events.front());
}

// The Fault that `act` throws. The test fails when there is none.
template <class Act>
Fault fault_of(Act act) {
  try {
    act();
  } catch (const Fault& fault) {
    return fault;
  }
  ADD_FAILURE() << "no fault";
  return Fault(Exit::fault, "none");
}

TEST(FindTest, TakesAnIdAWholeNameOrEnoughOfOne) {
  const Night night;
  EXPECT_EQ(find_person(night.state, "ana"), night.index("ana"));
  EXPECT_EQ(find_person(night.state, "ben moss"), night.index("ben"));
  EXPECT_EQ(find_person(night.state, "cyn"), night.index("cyn"));
  EXPECT_EQ(find_person(night.state, "hart"), night.index("fay"));
}

TEST(FindTest, NeverGuessesBetweenTwo) {
  const Night night;
  const Fault fault = fault_of([&] { find_person(night.state, "moss"); });
  EXPECT_EQ(fault.exit(), Exit::usage);
  EXPECT_NE(fault.hint().find("ben (Ben Moss"), std::string::npos) << fault.hint();
  EXPECT_NE(fault.hint().find("cyn (Cynthia Moss"), std::string::npos) << fault.hint();
}

TEST(FindTest, SaysWhatAMisspellingMayMean) {
  const Night night;
  EXPECT_NE(fault_of([&] { find_person(night.state, "Anna Bell"); }).hint().find("Ana Bell"),
            std::string::npos);
  EXPECT_NE(fault_of([&] { find_area(night.state, "resuss"); }).hint().find("resus"),
            std::string::npos);
  EXPECT_NE(fault_of([&] { find_post(night.state, "resus/nurze"); }).hint().find("resus/nurse"),
            std::string::npos);
}

TEST(FindTest, APostWithoutAShiftIsTheFirst) {
  const Night night;
  EXPECT_EQ(find_post(night.state, "resus/nurse"), night.post("resus/nurse/response"));
  EXPECT_EQ(find_post(night.state, "RESUS/nurse/relief"), night.post("resus/nurse/relief"));
}

TEST(OrderTest, ANeedTakesEffectAndIsNotSetTwice) {
  Night night;
  const PostIndex post = night.post("resus/nurse/response");
  const Order order = set_need(night.state, post, 5, at(90), "more P1", at(10));
  EXPECT_EQ(only<NeedSet>(order).count, 5U);
  night.all_happen(10, order.events);
  EXPECT_EQ(night.state.playbook.posts[post].count(), 5);
  EXPECT_EQ(night.state.playbook.posts[post].needs.size(), 3U);  // the playbook's two steps stay
  EXPECT_TRUE(set_need(night.state, post, 5, at(90), "", at(11)).events.empty());
}

TEST(OrderTest, AnEarlierNeedKeepsStepsInOrder) {
  Night night;
  const PostIndex post = night.post("resus/nurse/response");
  night.all_happen(5, set_need(night.state, post, 6, at(20), "", at(5)).events);
  const auto& needs = night.state.playbook.posts[post].needs;
  ASSERT_EQ(needs.size(), 1U);
  EXPECT_EQ(needs.front().count, 6);
  EXPECT_EQ(needs.front().by, base::Minutes{20});
}

TEST(OrderTest, ANeedWithoutATimeThatHasPassedIsForHalfAnHourOn) {
  const Night night;
  const Order order =
      set_need(night.state, night.post("resus/nurse/response"), 4, std::nullopt, "", at(100));
  EXPECT_EQ(only<NeedSet>(order).by, at(130));
}

TEST(OrderTest, ANeedBeyondTheShiftOrInThePastIsRefused) {
  const Night night;
  const PostIndex post = night.post("resus/nurse/response");
  EXPECT_EQ(fault_of([&] { set_need(night.state, post, 4, at(481), "", at(0)); }).exit(),
            Exit::usage);
  EXPECT_EQ(fault_of([&] { set_need(night.state, post, 4, at(5), "", at(10)); }).exit(),
            Exit::usage);
}

TEST(OrderTest, ComingWithoutATimeTakesTheJourney) {
  Night night;
  const Order order = reply_for(night.state, night.index("ana"), {Answer::coming, std::nullopt},
                                kHand, at(3), night.random);
  EXPECT_EQ(only<Replied>(order).when, at(23));
}

TEST(OrderTest, LaterNeedsATime) {
  Night night;
  EXPECT_EQ(fault_of([&] {
              reply_for(night.state, night.index("ana"), {Answer::later, std::nullopt}, kHand,
                        at(3), night.random);
            }).exit(),
            Exit::usage);
}

TEST(OrderTest, BrokenRestNeedsAnOverrideAndIsWrittenDown) {
  Night night;
  const PersonIndex dee = night.index("dee");
  const PostIndex post = night.post("resus/doctor/response");
  const Fault fault = fault_of([&] { assign(night.state, dee, post, {}, "needed", at(10)); });
  EXPECT_EQ(fault.exit(), Exit::untrusted);
  EXPECT_NE(fault.hint().find("--override-rest"), std::string::npos);
  const Order order =
      assign(night.state, dee, post, {.rest = true, .skills = false}, "needed", at(10));
  // She left work at 20:00 and is at the door at 23:00: three of the eleven hours of rest.
  EXPECT_NE(only<Pinned>(order).why.find("needed; rest rules overridden: 3 h of rest"),
            std::string::npos)
      << only<Pinned>(order).why;
}

TEST(OrderTest, MissingSkillsNeedAnOverride) {
  Night night;
  const PersonIndex fay = night.index("fay");
  const PostIndex post = night.post("resus/doctor/response");
  const Fault fault = fault_of([&] { assign(night.state, fay, post, {}, "needed", at(10)); });
  EXPECT_EQ(fault.exit(), Exit::untrusted);
  EXPECT_NE(std::string{fault.what()}.find("doctor"), std::string::npos);
}

TEST(OrderTest, WhoIsAssignedByHandHasTheSeatAndArrivesAfterTheirJourney) {
  Night night;
  night.all_happen(10, assign(night.state, night.index("eli"), night.post("resus/doctor/response"),
                              {}, "knows the case", at(10))
                           .events);
  night.settle(10);
  EXPECT_EQ(night.of("eli").status, Status::assigned);
  EXPECT_EQ(ready_at(night.state, night.index("eli")), at(50));
  EXPECT_TRUE(
      assign(night.state, night.index("eli"), night.post("resus/doctor/response"), {}, "x", at(11))
          .events.empty());
}

TEST(OrderTest, WhoIsReleasedIsNotPlacedAgain) {
  Night night;
  night.settle(0);
  night.replies(5, "cyn", Answer::coming, 20);
  night.settle(5);
  ASSERT_EQ(night.of("cyn").status, Status::assigned);
  night.all_happen(6, release(night.state, night.index("cyn"), "unwell").events);
  night.settle(6);
  EXPECT_EQ(night.of("cyn").status, Status::released);
  EXPECT_TRUE(release(night.state, night.index("cyn"), "unwell").events.empty());
}

TEST(OrderTest, WhoLeftCanBeReleasedAndIsNotPlacedWhenTheyComeBack) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 20);
  night.settle(5);
  night.replies(6, "ana", Answer::leaving, 0);
  night.settle(6);
  night.all_happen(7, release(night.state, night.index("ana"), "unwell").events);
  night.replies(8, "ana", Answer::coming, 20);
  night.settle(8);
  EXPECT_EQ(night.of("ana").status, Status::released);
  EXPECT_TRUE(release(night.state, night.index("ana"), "unwell").events.empty());
}

TEST(OrderTest, AnAnswerAfterTheEndIsNotCalledComing) {
  Night night;
  night.settle(0);
  night.happens(5, Ended{"over"});
  const Order order = reply_for(night.state, night.index("ana"), {Answer::coming, std::nullopt},
                                kHand, at(6), night.random);
  EXPECT_EQ(order.events.size(), 1U) << "it is recorded";
  EXPECT_EQ(order.said, "EX-20261122-2240 has ended and takes no answer; Ana Bell is told so");
}

TEST(OrderTest, HearersAreThoseConcerned) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 20);
  night.replies(6, "cyn", Answer::coming, 20);
  night.replies(7, "ben", Answer::no, 0);
  night.settle(7);
  const auto ids = [&](const char* whom) {
    std::vector<std::string> names;
    for (const PersonIndex p : people_of(night.state, find_hearers(night.state, whom)))
      names.push_back(night.state.roster[p].id.str());
    return names;
  };
  EXPECT_EQ(ids("area:resus"), std::vector<std::string>{"ana"});
  EXPECT_EQ(ids("area:Wards"), std::vector<std::string>{"cyn"});
  EXPECT_EQ(ids("coming"), (std::vector<std::string>{"ana", "cyn"}));
  EXPECT_EQ(ids("ben"), std::vector<std::string>{"ben"});
  const auto asked = ids("asked");
  EXPECT_EQ(std::find(asked.begin(), asked.end(), "ben"), asked.end());
}

TEST(OrderTest, TellingIssuesOneMessageToEach) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 20);
  night.settle(5);
  const Order order = tell(night.state, find_hearers(night.state, "area:resus"),
                           "north entrance only", at(6), night.random);
  ASSERT_EQ(order.events.size(), 2U);
  EXPECT_EQ(std::get<Told>(order.events[0]).whom, "resus");
  const Issued& issued = std::get<Issued>(order.events[1]);
  EXPECT_EQ(issued.kind, playbook::MessageKind::update);
  EXPECT_EQ(issued.text, "north entrance only");
}

TEST(OrderTest, NothingClinicalLeavesTheBuilding) {
  Night night;
  night.settle(0);
  const Fault fault = fault_of([&] {
    tell(night.state, find_hearers(night.state, "asked"), "notes of 943 476 5919 please", at(6),
         night.random);
  });
  EXPECT_EQ(fault.exit(), Exit::usage);
  EXPECT_NE(std::string{fault.what()}.find("NHS number"), std::string::npos);
}

TEST(OrderTest, TellingNobodyIsSaid) {
  Night night;
  EXPECT_EQ(fault_of([&] {
              tell(night.state, find_hearers(night.state, "area:resus"), "hello", at(6),
                   night.random);
            }).exit(),
            Exit::not_reached);
}

TEST(OrderTest, AnEndedIncidentTakesNoOrders) {
  Night night;
  night.settle(0);
  night.all_happen(30, stand_down(night.state, "over").events);
  EXPECT_TRUE(stand_down(night.state, "over").events.empty());
  EXPECT_EQ(fault_of([&] { release(night.state, night.index("ana"), "x"); }).exit(), Exit::usage);
  EXPECT_EQ(decide("review on Monday", "").events.size(), 1U);
}

TEST(OrderTest, WordsAreOneLineOfText) {
  EXPECT_EQ(words_of("  all clear ", "x"), "all clear");
  for (const char* bad : {"", "   ", "two\nlines", "bell\x07", "\x1b[2J"})
    EXPECT_EQ(fault_of([&] { words_of(bad, "x"); }).exit(), Exit::usage) << bad;
  EXPECT_EQ(fault_of([&] { words_of(std::string(kMostWords + 1, 'a'), "x"); }).exit(), Exit::usage);
}

}  // namespace
}  // namespace tocsin::incident
