#include "drill/report/watch.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "unit/drill/report/at_work.h"

namespace tocsin::drill {
namespace {

using base::Minutes;
using incident::at;

constexpr base::Milliseconds kJustAfter{1};

TEST(Watch, LooksEveryFiveMinutesAndWhenASeatIsDue) {
  AtWork ward;
  for (incident::Slot& slot : ward.night.state.slots)
    if (slot.by == Minutes{60}) slot.by = Minutes{58};
  Watch watch{ward.night.state, Minutes{90}};
  watch.look_before(at(90) + kJustAfter, ward.night.state, ward.people, 0);
  std::set<Minutes> expected{Minutes{58}};
  for (int minute = 0; minute <= 90; minute += 5) expected.insert(Minutes{minute});
  std::vector<Minutes> seen;
  for (const Look& look : watch.looks()) seen.push_back(look.at);
  EXPECT_EQ(seen, (std::vector<Minutes>{expected.begin(), expected.end()}));
  for (const Minutes time : expected) EXPECT_EQ(watch.at(time).at, time);
}

TEST(Watch, TakesALookOnlyWhenItsMinuteIsOver) {
  AtWork ward;
  Watch watch{ward.night.state, Minutes{90}};
  watch.look_before(at(0), ward.night.state, ward.people, 3);
  EXPECT_TRUE(watch.looks().empty());
  watch.look_before(at(0) + kJustAfter, ward.night.state, ward.people, 4);
  ASSERT_EQ(watch.looks().size(), 1u);
  EXPECT_EQ(watch.looks()[0].interruptions, 4u);
  watch.look_before(at(5), ward.night.state, ward.people, 9);
  EXPECT_EQ(watch.looks().size(), 1u) << "what happens at minute 5 belongs to its look";
}

// Counts again from the arrivals who was there at each look.
TEST(Watch, CountsWhoIsThereAtEachLook) {
  AtWork ward;
  Watch watch{ward.night.state, Minutes{90}};
  const auto live = [&](int until) {
    while (ward.people.next() && *ward.people.next() <= at(until)) {
      const base::Instant next = *ward.people.next();
      watch.look_before(next, ward.night.state, ward.people, 0);
      ward.people.act(next);
    }
    watch.look_before(at(until), ward.night.state, ward.people, 0);
  };
  const char* const nurses = "resus/nurse/response";
  ward.seat(0, "ana", nurses);
  live(11);
  ward.seat(11, "ben", nurses, 1);
  ward.seat(11, "dee", "resus/doctor/response");
  live(32);
  ward.night.replies(32, "fay", incident::Answer::no, 0);
  live(90);
  watch.look_before(at(90) + kJustAfter, ward.night.state, ward.people, 0);

  const auto is_there = [&](const char* who, Minutes time) {
    const auto arrival = ward.people.arrival(ward.night.index(who));
    EXPECT_TRUE(arrival) << who;
    return *arrival <= at(static_cast<int>(time.count())) ? 1 : 0;
  };
  ASSERT_EQ(watch.looks().back().at, Minutes{90});
  for (const Look& look : watch.looks()) {
    EXPECT_EQ(look.present[ward.night.post(nurses)],
              is_there("ana", look.at) + is_there("ben", look.at))
        << look.at.count();
    EXPECT_EQ(look.present[ward.night.post("resus/doctor/response")], is_there("dee", look.at));
    EXPECT_EQ(look.present[ward.night.post("wards/nurse/response")], 0);
    EXPECT_EQ(look.replies, look.at < Minutes{32} ? 0 : 1);
  }
  EXPECT_EQ(watch.at(Minutes{90}).present[ward.night.post(nurses)], 2);
}

TEST(Watch, WhoComesHoursBeforeTheirShiftIsNoRelief) {
  AtWork ward;
  const char* const relief = "resus/nurse/relief";  // from 8 h; at most two hours early
  ward.seat(0, "ana", relief);
  ward.seat(365, "ben", relief);
  ward.seat(0, "cyn", "wards/nurse/response");
  EXPECT_FALSE(is_at_post(ward.night.state, ward.people, ward.night.index("ben"))) << "on the way";
  ward.live_until(at(400));
  EXPECT_FALSE(is_at_post(ward.night.state, ward.people, ward.night.index("ana")));
  EXPECT_TRUE(is_at_post(ward.night.state, ward.people, ward.night.index("ben")));
  EXPECT_TRUE(is_at_post(ward.night.state, ward.people, ward.night.index("cyn")));
  ward.night.happens(401, incident::Released{incident::PersonId{"cyn"}, "a test"});
  EXPECT_FALSE(is_at_post(ward.night.state, ward.people, ward.night.index("cyn")));
}

}  // namespace
}  // namespace tocsin::drill
