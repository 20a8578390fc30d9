#include "incident/seating/spare.h"

#include <gtest/gtest.h>

#include "incident/seating/pool.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// The forecast of the three posts of the first shift, in per mille.
struct Chances {
  std::uint64_t doctor = 1000, nurse_at_30 = 1000, nurse_at_60 = 1000, ward = 1000;
};

Forecasted forecast(const Chances& chances) {
  return {{{PostId{"resus/doctor/response"}, 0, chances.doctor},
           {PostId{"resus/nurse/response"}, 0, chances.nurse_at_30},
           {PostId{"resus/nurse/response"}, 1, chances.nurse_at_60},
           {PostId{"wards/nurse/response"}, 0, chances.ward}},
          {}};
}

std::set<std::string> at_risk(const Night& night) {
  std::set<std::string> names;
  for (const SlotIndex s : seats_at_risk(night.state)) {
    const Slot& slot = night.state.slots[s];
    names.insert(night.state.playbook.posts[slot.post].id.str() + "@" +
                 std::to_string(slot.tranche));
  }
  return names;
}

TEST(Spare, NoSeatIsAtRiskBeforeTheFirstForecast) {
  EXPECT_TRUE(seats_at_risk(Night{}.state).empty());
}

TEST(Spare, TheLikeliestSeatsDoWithout) {
  Night night;
  // The target 0.95 allows a risk of 0.05. 0.995 x 0.985 = 0.98 uses less than half of it; with
  // 0.96 the product is 0.94.
  night.happens(0, forecast({995, 960, 985, 1000}), "");
  EXPECT_EQ(at_risk(night), std::set<std::string>{"resus/nurse/response@0"});
  night.happens(5, forecast({400, 960, 985, 1000}), "");
  EXPECT_EQ(at_risk(night),
            (std::set<std::string>{"resus/doctor/response@0", "resus/nurse/response@0"}));
}

TEST(Spare, ALessImportantRankHasATargetOfItsOwn) {
  Night night;
  night.happens(0, forecast({1000, 1000, 1000, 955}), "");  // the target of priority 2 is 0.90
  EXPECT_TRUE(at_risk(night).empty());
  night.happens(5, forecast({1000, 1000, 1000, 945}), "");
  EXPECT_EQ(at_risk(night), std::set<std::string>{"wards/nurse/response@0"});
}

class Spares : public ::testing::Test {
 protected:
  void eli_has_the_seat() {
    night_.replies(1, "eli", Answer::coming, 41);
    pool_.follow(night_.state, at(1));
    night_.happens(1, Assigned{PersonId{"eli"}, PostId{"resus/doctor/response"}, 0, at(41), ""},
                   "");
  }

  Night night_;
  Pool pool_;
};

TEST_F(Spares, NobodyWhoseRestWouldBreak) {
  eli_has_the_seat();
  night_.happens(2, forecast({500}), "");
  night_.replies(2, "dee", Answer::coming, 12);
  pool_.follow(night_.state, at(2));
  EXPECT_FALSE(pool_.is_spare(night_.index("dee")));
}

TEST_F(Spares, WhoeverCanBeInTimeIsSentAndTakesTheSeatOfWhoDropsOut) {
  night_.replies(1, "ana", Answer::coming, 21);
  night_.happens(1, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(21), ""}, "");
  // One nurse is enough now, and Cynthia can hold the ward's seat alone.
  night_.happens(1, NeedSet{PostId{"resus/nurse/response"}, 1, at(30), "one is enough"});
  night_.happens(1, NeedSet{PostId{"wards/nurse/response"}, 0, at(60), "none is needed"});
  pool_.follow(night_.state, at(1));
  night_.happens(2, forecast({1000, 600}), "");
  night_.replies(2, "ben", Answer::coming, 29);
  pool_.follow(night_.state, at(2));
  const PersonIndex ben = night_.index("ben");
  ASSERT_TRUE(pool_.is_spare(ben));
  EXPECT_EQ(night_.state.slots[*pool_.seat_of(ben)].post, night_.post("resus/nurse/response"));
  EXPECT_EQ(pool_.open_by_post()[night_.post("resus/nurse/response")], 0);

  night_.happens(2, Assigned{PersonId{"ben"}, PostId{"resus/nurse/response"}, 0, at(29), ""}, "");
  // The seat is safe with him as a spare. He is not sent back because of that.
  night_.happens(7, forecast({1000, 990}), "");
  pool_.follow(night_.state, at(7));
  EXPECT_TRUE(pool_.seat_of(ben));

  night_.replies(8, "ana", Answer::no, 8);
  pool_.follow(night_.state, at(8));
  ASSERT_TRUE(pool_.seat_of(ben));
  EXPECT_FALSE(pool_.is_spare(ben));
}

// The spare who is sent because of a forecast changes the next one, in the same second.
TEST_F(Spares, TheFirstForecastOfATimeCounts) {
  night_.happens(1, NeedSet{PostId{"resus/nurse/response"}, 1, at(30), "one is enough"});
  night_.happens(1, NeedSet{PostId{"wards/nurse/response"}, 0, at(60), "none is needed"});
  night_.replies(1, "ana", Answer::coming, 21);
  night_.happens(1, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(21), ""}, "");
  night_.replies(1, "ben", Answer::coming, 29);
  night_.happens(2, forecast({1000, 600}), "");
  pool_.follow(night_.state, at(2));
  ASSERT_TRUE(pool_.is_spare(night_.index("ben")));
  night_.happens(2, forecast({1000, 1000}), "");
  pool_.follow(night_.state, at(2));
  Pool later;
  later.follow(night_.state, at(2));
  EXPECT_TRUE(pool_.is_spare(night_.index("ben")));
  EXPECT_TRUE(later.is_spare(night_.index("ben"))) << "a process that begins now";
}

// A spare who has arrived since the forecast is sent back by the next one, also by a process that
// begins between the two.
TEST_F(Spares, AProcessThatBeginsLaterSeesTheSameSeatsAtRisk) {
  night_.happens(1, NeedSet{PostId{"resus/nurse/response"}, 1, at(30), "one is enough"});
  night_.happens(1, NeedSet{PostId{"wards/nurse/response"}, 0, at(60), "none is needed"});
  night_.replies(1, "ana", Answer::coming, 21);
  night_.happens(1, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(21), ""}, "");
  night_.happens(2, forecast({1000, 600}), "");
  night_.replies(2, "ben", Answer::coming, 29);
  night_.happens(2, Assigned{PersonId{"ben"}, PostId{"resus/nurse/response"}, 0, at(29), ""}, "");
  night_.happens(7, forecast({1000, 990}), "");
  pool_.follow(night_.state, at(7));
  night_.replies(8, "ben", Answer::arrived, 8);
  pool_.follow(night_.state, at(8));
  Pool later;
  later.follow(night_.state, at(8));
  EXPECT_EQ(later.seat_of(night_.index("ben")), pool_.seat_of(night_.index("ben")));
  EXPECT_EQ(later.seat_of(night_.index("ana")), pool_.seat_of(night_.index("ana")));
}

TEST_F(Spares, WhenEverybodyIsThereTheSpareIsFree) {
  night_.happens(1, NeedSet{PostId{"resus/nurse/response"}, 1, at(30), "one is enough"});
  night_.happens(1, NeedSet{PostId{"wards/nurse/response"}, 0, at(60), "none is needed"});
  night_.replies(1, "ana", Answer::coming, 21);
  night_.happens(1, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(21), ""}, "");
  night_.happens(2, forecast({1000, 600}), "");
  night_.replies(2, "ben", Answer::coming, 29);
  night_.happens(2, Assigned{PersonId{"ben"}, PostId{"resus/nurse/response"}, 0, at(29), ""}, "");
  EXPECT_FALSE(at_risk(night_).empty());
  night_.replies(20, "ana", Answer::arrived, 20);
  night_.happens(22, forecast({}), "");
  EXPECT_TRUE(at_risk(night_).empty());
  pool_.follow(night_.state, at(22));
  EXPECT_FALSE(pool_.is_spare(night_.index("ben")));
}

TEST_F(Spares, NobodyLeavesAnotherSeatOrTheirBedForIt) {
  night_.replies(1, "ana", Answer::coming, 21);
  night_.replies(1, "ben", Answer::coming, 29);
  night_.happens(1, forecast({1000, 500}), "");
  const SlotIndex seat = *seats_at_risk(night_.state).begin();
  EXPECT_TRUE(may_be_spare(night_.state, night_.index("ben"), seat));
  night_.happens(2, Assigned{PersonId{"ben"}, PostId{"wards/nurse/response"}, 0, at(29), ""}, "");
  EXPECT_FALSE(may_be_spare(night_.state, night_.index("ben"), seat));
  night_.happens(3, Reserved{PersonId{"ana"}, "first in line"}, "");
  EXPECT_FALSE(may_be_spare(night_.state, night_.index("ana"), seat));
  EXPECT_FALSE(may_be_spare(night_.state, night_.index("cyn"), seat));  // lacks the skills
}

}  // namespace
}  // namespace tocsin::incident
