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
  Night night_;
};

TEST_F(SwitchboardTest, GivesANumberToOneOperatorAtATime) {
  const TakenCall first = take_call(night_.state, at(0));
  ASSERT_TRUE(first.call);
  night_.all_happen(0, first.order.events);
  const TakenCall second = take_call(night_.state, at(0));
  ASSERT_TRUE(second.call);
  EXPECT_NE(second.call->person, first.call->person);
  EXPECT_TRUE(call_for(night_.state, first.call->person, at(0))) << "it still waits";
  night_.all_happen(1, give_back(night_.state, first.call->person, at(1)).events);
  const TakenCall again = take_call(night_.state, at(1));
  ASSERT_TRUE(again.call);
  EXPECT_EQ(again.call->person, first.call->person);
}

TEST_F(SwitchboardTest, RingsAWrongNumberNoMore) {
  const PersonIndex person = take_call(night_.state, at(0)).call->person;
  const Order order = unanswered(night_.state, person, kWrongNumber);
  EXPECT_NE(order.said.find("not rung again"), std::string::npos);
  EXPECT_NE(unanswered(night_.state, person, kNoAnswer).said.find("rung again after the others"),
            std::string::npos);
  night_.all_happen(0, order.events);
  EXPECT_FALSE(call_for(night_.state, person, at(0)));
}

TEST_F(SwitchboardTest, WritesDownWhatWasSaid) {
  const PersonIndex person = take_call(night_.state, at(0)).call->person;
  EXPECT_TRUE(said(night_.state, person).events.empty()) << "a question is not only said";
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
