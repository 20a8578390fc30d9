#include "incident/seating/want.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

TEST(WantsTest, AnOpenSeatWantsWhoeverCanHoldIt) {
  Night night;
  night.settle(0);
  const Wants wants(night.state);
  const auto ana = wants.of(night.index("ana"), at(0));
  ASSERT_TRUE(ana);
  EXPECT_EQ(ana->rank, 1);
  EXPECT_FALSE(ana->is_late);
  EXPECT_FALSE(wants.of(night.index("fay"), at(0)));  // a porter, who can hold no post
  for (PersonIndex p = 0; p < night.state.people.size(); ++p)
    for (const int minute : {0, 20, 55, 470})
      EXPECT_EQ(wants.want(p, at(minute)), wants.of(p, at(minute)).has_value()) << p << minute;
  const auto too_late = wants.of(night.index("ana"), at(55));
  ASSERT_TRUE(too_late);
  EXPECT_TRUE(too_late->is_late);
}

TEST(WantsTest, ASeatWhoseHolderWillBeLateStillWantsWhoeverIsNearer) {
  Night night;
  night.settle(0);
  // The only seat for a doctor is needed at 30. A doctor 40 minutes away is too late, one 10
  // minutes away is not.
  night.replies(1, "eli", Answer::coming, 45);
  night.settle(1);
  ASSERT_EQ(night.of("eli").status, Status::assigned);
  EXPECT_TRUE(Wants(night.state).of(night.index("dee"), at(2)));
  EXPECT_FALSE(Wants(night.state).of(night.index("dee"), at(29)));
  EXPECT_TRUE(Wants(night.state).want(night.index("dee"), at(2)));
  EXPECT_FALSE(Wants(night.state).want(night.index("dee"), at(29)));
  EXPECT_EQ(night.of("dee").status, Status::free) << "she is still waited for";
  night.replies(3, "dee", Answer::coming, 13);
  night.settle(3);
  EXPECT_EQ(night.of("dee").status, Status::assigned);
}

TEST(WantsTest, WhoSaidOnlyIfYouAreShortIsCalledInTheLastMinutesInWhichTheyCanBeInTime) {
  Night night;
  night.settle(0);
  // Dee's journey of 10 minutes is planned as 16, so to be there by 30 she is called between 9
  // and 14.
  night.replies(1, "dee", Answer::last_resort, 0);
  night.settle(1);
  EXPECT_NE(night.of("dee").status, Status::assigned);
  const PostIndex doctor = night.post("resus/doctor/response");
  EXPECT_FALSE(Wants(night.state).last_calls(at(5)).contains(doctor));
  EXPECT_TRUE(Wants(night.state).last_calls(at(12)).contains(doctor));
  EXPECT_FALSE(Wants(night.state).last_calls(at(20)).contains(doctor));
  night.settle(5);
  EXPECT_NE(night.of("dee").status, Status::assigned);
  night.settle(12);
  EXPECT_EQ(night.of("dee").status, Status::assigned);
}

TEST(WantsTest, ASpareWhoIsInTimeLeavesNothingToWant) {
  const PostId doctor{"resus/doctor/response"};
  Night night;
  night.replies(1, "eli", Answer::coming, 45);
  night.happens(1, Assigned{PersonId{"eli"}, doctor, 0, at(45), ""}, "");
  night.replies(2, "dee", Answer::last_resort, 0);
  EXPECT_TRUE(Wants(night.state).want(night.index("dee"), at(3)));
  EXPECT_TRUE(Wants(night.state).last_calls(at(12)).contains(night.post("resus/doctor/response")));
  // A spare who would be late, too, changes nothing; one who is in time does.
  night.happens(3, Assigned{PersonId{"fay"}, doctor, 0, at(45), ""}, "");
  night.replies(3, "fay", Answer::coming, 45);
  EXPECT_TRUE(Wants(night.state).last_calls(at(12)).contains(night.post("resus/doctor/response")));
  night.replies(4, "fay", Answer::arrived, 4);
  EXPECT_FALSE(Wants(night.state).want(night.index("dee"), at(5)));
  EXPECT_TRUE(Wants(night.state).last_calls(at(12)).empty());
}

}  // namespace
}  // namespace tocsin::incident
