#include "incident/coordinator/switchboard.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/fault.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// Everybody of this night is called by telephone.
class SwitchboardTest : public testing::Test {
 protected:
  SwitchboardTest() { night_.settle(0); }
  // The next call, taken at this minute.
  Call take(int minute) {
    const TakenCall taken = take_call(night_.state, at(minute));
    night_.all_happen(minute, taken.order.events);
    return taken.call.value();
  }
  // Ana was sent for, and two operators were given that to say: the first at minute 2, and the
  // second when the first one's time was over.
  std::pair<Call, Call> two_calls_to_ana() {
    night_.replies(1, "ana", Answer::coming, 20);
    night_.settle(1);
    const auto give = [&](int minute) {
      const TakenCall taken = hand_out(night_.state, call_to("ana", minute).value(), at(minute));
      night_.all_happen(minute, taken.order.events);
      return taken.call.value();
    };
    const Call first = give(2);
    return {first, give(6)};
  }
  std::optional<Call> call_to(const char* id, int minute) {
    return call_for(night_.state, night_.index(id), at(minute));
  }
  bool is_given_out(const Call& call, int minute) {
    return !hand_out(night_.state, call, at(minute)).call;
  }
  Night night_;
};

TEST_F(SwitchboardTest, GivesANumberToOneOperatorAtATime) {
  const Call first = take(0);
  const Call second = take(0);
  EXPECT_NE(second.person, first.person);
  EXPECT_NE(second.number, first.number);
  EXPECT_TRUE(call_for(night_.state, first.person, at(0))) << "it still waits";
  EXPECT_FALSE(hand_out(night_.state, first, at(1)).call);
  night_.all_happen(1, and_hang_up({}, night_.state, first.person, first.number).events);
  EXPECT_EQ(take(1).person, first.person);
}

TEST_F(SwitchboardTest, TheSameOperatorGoesOnWithACall) {
  const Call first = take(0);
  const TakenCall again = hand_out(night_.state, first, at(1), first.number);
  ASSERT_TRUE(again.call);
  EXPECT_EQ(again.call->number, first.number);
  night_.all_happen(1, again.order.events);
  EXPECT_TRUE(is_given_out(first, 3)) << "the term begins anew";
  EXPECT_EQ(night_.state.people[first.person].calls.size(), 1U);
}

// What an operator notes late leaves alone what another has been given meanwhile.
TEST_F(SwitchboardTest, ALateNoAnswerLeavesTheOthersCallAlone) {
  const auto [first, second] = two_calls_to_ana();
  night_.all_happen(7, unanswered(night_.state, first.person, kNoAnswer, {first.number}).events);
  night_.happens(7, CallEnded{0, night_.state.events, PersonId{"ana"}, second.contact,
                              std::string{kNoAnswer}});
  EXPECT_TRUE(call_to("ana", 7)) << "rung twice in vain, but in another's hand";
  EXPECT_TRUE(is_given_out(second, 7));
  night_.all_happen(8, unanswered(night_.state, second.person, kNoAnswer, {second.number}).events);
  EXPECT_FALSE(call_to("ana", 8));
}

TEST_F(SwitchboardTest, ALateEndFreesNobodyElsesCall) {
  const auto [first, second] = two_calls_to_ana();
  night_.all_happen(7, and_hang_up({}, night_.state, first.person, first.number).events);
  EXPECT_TRUE(is_given_out(second, 7));
  EXPECT_TRUE(and_hang_up({}, night_.state, first.person, first.number).events.empty());
}

TEST_F(SwitchboardTest, ALateToldClosesWhatThatOperatorWasGiven) {
  const auto [first, second] = two_calls_to_ana();
  night_.all_happen(
      7,
      tell(night_.state, {Audience::person, "ana"}, "north entrance", at(7), night_.random).events);
  const TakenCall more = hand_out(night_.state, call_to("ana", 7).value(), at(7), second.number);
  night_.all_happen(7, more.order.events);
  ASSERT_EQ(more.call->messages.size(), 2U);
  night_.all_happen(8, and_hang_up(said(night_.state, first.person, {first.number}), night_.state,
                                   first.person, first.number)
                           .events);
  EXPECT_TRUE(night_.state.knows_decision(first.person));
  ASSERT_TRUE(call_to("ana", 8));
  EXPECT_EQ(call_to("ana", 8)->messages, std::vector{more.call->messages.back()});
  EXPECT_TRUE(is_given_out(second, 8));
}

TEST_F(SwitchboardTest, ASheetNotesOnlyWhatStoodOnIt) {
  night_.replies(1, "ana", Answer::coming, 20);
  const std::uint64_t sheet = night_.state.events;
  night_.settle(1);
  ASSERT_TRUE(call_to("ana", 1));
  night_.all_happen(2, unanswered(night_.state, night_.index("ana"), kNoAnswer, {0, sheet}).events);
  night_.all_happen(3, unanswered(night_.state, night_.index("ana"), kNoAnswer, {0, sheet}).events);
  EXPECT_TRUE(call_to("ana", 3)) << "it was not on that sheet";
}

// What was never printed nobody has said.
TEST_F(SwitchboardTest, OnlyASheetThatThereWasSaysAnything) {
  night_.replies(1, "ana", Answer::coming, 20);
  night_.settle(1);
  const auto noted = [&](const char* answer, const std::string& sheet) {
    return take_answer(night_.state, night_.index("ana"), {answer, "", "", "", sheet}, at(2),
                       night_.random);
  };
  const std::string now = std::to_string(night_.state.events);
  EXPECT_THROW(noted("told", std::to_string(night_.state.events + 1)), base::Fault);
  EXPECT_THROW(noted("wrong-number", "1"), base::Fault) << "she was not on it";
  EXPECT_FALSE(noted("told", now).events.empty());
}

TEST_F(SwitchboardTest, WhoNamesNoCallMeansTheOnlyOne) {
  const auto [first, second] = two_calls_to_ana();
  const auto take = [&](const char* answer, std::string call) {
    return take_answer(night_.state, first.person, {answer, "", "", std::move(call), ""}, at(7),
                       night_.random);
  };
  EXPECT_THROW(take("told", ""), base::Fault) << "which of the two is not guessed";
  EXPECT_THROW(take("coming", ""), base::Fault);
  EXPECT_THROW(take("told", "9999"), base::Fault);
  EXPECT_THROW(take("told", "none"), base::Fault);
  night_.all_happen(7, take("told", std::to_string(second.number)).events);
  EXPECT_FALSE(call_to("ana", 7));
  EXPECT_EQ(night_.state.people[first.person].calls.size(), 1U);
  night_.all_happen(8, take("no", "").events);
  EXPECT_EQ(night_.of("ana").answer, Answer::no);
  EXPECT_TRUE(night_.state.people[first.person].calls.empty());
  EXPECT_THROW(take("told", ""), base::Fault) << "nobody was given anything";
  EXPECT_THROW(take("no-answer", ""), base::Fault);
  EXPECT_NO_THROW(take("coming", "")) << "an answer needs no call";
}

TEST_F(SwitchboardTest, RingsAWrongNumberNoMore) {
  const Call call = take(0);
  const Order order = unanswered(night_.state, call.person, kWrongNumber, {call.number});
  EXPECT_NE(order.said.find("not rung again"), std::string::npos);
  EXPECT_NE(unanswered(night_.state, call.person, kNoAnswer, {call.number})
                .said.find("rung again after the others"),
            std::string::npos);
  night_.all_happen(0, order.events);
  EXPECT_FALSE(call_for(night_.state, call.person, at(0)));
}

TEST_F(SwitchboardTest, WritesDownWhatWasSaid) {
  const Call call = take(0);
  EXPECT_TRUE(said(night_.state, call.person, {call.number}).events.empty())
      << "a question is not only said";
  EXPECT_EQ(reply_of(Answer::coming, "25", "", at(0)).when, at(25));
  EXPECT_EQ(reply_of(Answer::no, "", "", at(0)).when, std::nullopt);
  EXPECT_THROW(reply_of(Answer::no, "25", "", at(0)), base::Fault);
  EXPECT_THROW(reply_of(Answer::coming, "soon", "", at(0)), base::Fault);
  EXPECT_THROW(reply_of(Answer::coming, "", "07:00", at(0)), base::Fault);
  EXPECT_TRUE(reply_of(Answer::later, "", "07:00", at(0)).when);
}

TEST(Uncalled, AreTheNearestForEveryOpenSeatOnce) {
  const Night night;
  const auto open = uncalled(night.state);
  ASSERT_FALSE(open.empty());
  std::set<PersonIndex> listed;
  for (const Uncalled& post : open) {
    EXPECT_GT(post.missing, 0);
    EXPECT_LE(post.people.size(), static_cast<std::size_t>(post.missing) * 3);
    for (const PersonIndex person : post.people) {
      EXPECT_TRUE(listed.insert(person).second) << "in two lists";
      EXPECT_TRUE(night.state.can_hold(person, post.post));
    }
    EXPECT_TRUE(std::is_sorted(post.people.begin(), post.people.end(), [&](auto a, auto b) {
      return night.state.roster[a].travel < night.state.roster[b].travel;
    }));
  }
  EXPECT_FALSE(listed.contains(night.index("gus"))) << "has no number to ring";
}

}  // namespace
}  // namespace tocsin::incident
