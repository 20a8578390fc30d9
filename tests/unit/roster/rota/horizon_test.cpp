#include "roster/rota/horizon.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tocsin::roster {
namespace {

using std::chrono::days;
using std::chrono::hours;

const base::Instant kFirstMonday = *base::from_rfc3339("2026-11-02T00:00:00Z");  // a Monday

base::Instant on(int day, int hour = 0) { return kFirstMonday + days{day} + hours{hour}; }

Stint stint(std::string person, Duty duty, base::Instant from, base::Instant until,
            std::string role = {}) {
  return {PersonId{std::move(person)}, duty, RoleId{std::move(role)}, WardId{}, from, until};
}

Roster team(const std::vector<std::pair<const char*, const char*>>& people) {
  std::vector<Responder> rows;
  for (const auto& [id, role] : people) {
    Responder row;
    row.id = PersonId{id};
    row.name = id;
    row.role = RoleId{role};
    rows.push_back(std::move(row));
  }
  return {1, kFirstMonday, std::move(rows)};
}

// Every day from 08:00 to 20:00, on days [first, last).
std::vector<Stint> daily(const std::string& person, int first, int last) {
  std::vector<Stint> out;
  for (int day = first; day < last; ++day)
    out.push_back(stint(person, Duty::on_duty, on(day, 8), on(day, 20)));
  return out;
}

TEST(Horizon, BeyondTheEndADutyIsUnknownAndNotOff) {
  const Roster roster = team({{"a", "nurse"}, {"b", "nurse"}});
  const Rota rota{1, daily("a", 0, 28), {}};
  const Horizon horizon{rota, roster};
  EXPECT_EQ(horizon.duty_of(0, on(5, 9)), Duty::on_duty);
  EXPECT_EQ(horizon.duty_of(0, on(5, 21)), Duty::off);
  EXPECT_EQ(horizon.duty_of(1, on(5, 9)), Duty::off);
  EXPECT_EQ(horizon.duty_of(1, on(27, 19)), Duty::off);
  for (const std::size_t person : {0U, 1U}) {
    EXPECT_EQ(horizon.duty_of(person, on(27, 20)), Duty::unknown);  // half-open
    EXPECT_EQ(horizon.duty_of(person, on(300, 9)), Duty::unknown);
    EXPECT_EQ(horizon.duty_of(person, on(-1, 9)), Duty::unknown) << "before it begins as well";
  }
  EXPECT_EQ(to_sentence(horizon.nearest(on(300)), on(300)),
            "the rota ended on " + base::local_stamp(on(27, 20)));
  EXPECT_EQ(to_sentence(horizon.nearest(on(1)), on(1)),
            "the rota reaches until " + base::local_stamp(on(27, 20)));
  EXPECT_EQ(to_sentence(horizon.nearest(on(-1)), on(-1)),
            "the rota begins on " + base::local_stamp(on(0, 8)) + " and reaches until " +
                base::local_stamp(on(27, 20)));
  const Stretch next{on(310), on(320)};
  EXPECT_EQ(to_sentence(horizon.nearest(on(300)), on(300), next),
            "the rota ended on " + base::local_stamp(on(27, 20)) + ", and begins again on " +
                base::local_stamp(next.from) + " and reaches until " +
                base::local_stamp(next.until));
  EXPECT_EQ(horizon.next(on(-1))->from, on(0, 8));
  EXPECT_FALSE(horizon.next(on(1)));
}

TEST(Horizon, WithoutAPlanNobodyCountsAsUnknown) {
  const Roster roster = team({{"a", "nurse"}});
  const Rota none;
  EXPECT_EQ(Horizon(none, roster).duty_of(0, on(1)), Duty::off);
  EXPECT_EQ(to_sentence(Horizon(none, roster).nearest(on(1)), on(1)), "no duty is planned");
  const Rota leave{1, {stint("a", Duty::absent, on(0), on(2))}, {}};
  EXPECT_FALSE(Horizon(leave, roster).has_plan());
  EXPECT_EQ(Horizon(leave, roster).duty_of(0, on(1)), Duty::absent);
  EXPECT_EQ(Horizon(leave, roster).duty_of(0, on(3)), Duty::off);
}

// Of two files one ended earlier: the nurses are unknown, the doctors are known.
TEST(Horizon, EachRoleOnAWardHasItsOwnEnd) {
  const Roster roster = team({{"doc", "doctor"},
                              {"doc2", "doctor"},
                              {"nur", "nurse"},
                              {"nur2", "nurse"},
                              {"porter", "porter"}});
  std::vector<Stint> planned = daily("doc", 0, 60);
  for (Stint& one : daily("nur", 0, 28)) planned.push_back(std::move(one));
  const Rota rota{1, planned, {}};
  const Horizon horizon{rota, roster};
  EXPECT_EQ(horizon.duty_of(1, on(50)), Duty::off);
  EXPECT_EQ(horizon.duty_of(2, on(50)), Duty::unknown);
  EXPECT_EQ(horizon.duty_of(3, on(50)), Duty::unknown);
  EXPECT_EQ(horizon.duty_of(4, on(50)), Duty::off) << "nobody like them is planned";
  EXPECT_EQ(horizon.duty_of(4, on(61)), Duty::unknown);
  // A line that has its last stint some days before the others has not ended.
  EXPECT_EQ(horizon.duty_of(3, on(30)), Duty::off);
}

TEST(Horizon, WhoIsOnlyOnCallIsPlannedWithThoseOnCallForTheRole) {
  const Roster roster = team({{"s1", "manager"}, {"s2", "director"}});
  std::vector<Stint> planned;
  for (int week = 0; week < 6; ++week)
    planned.push_back(
        stint(week == 0 ? "s1" : "s2", Duty::on_call, on(7 * week), on(7 * week + 7), "silver"));
  const Rota rota{1, planned, {}};
  const Horizon horizon{rota, roster};
  EXPECT_EQ(horizon.duty_of(0, on(38)), Duty::off) << "their own week was the first of six";
  EXPECT_EQ(horizon.duty_of(0, on(43)), Duty::unknown);
}

// One row with a wrong year must not make an old rota look like one of today.
TEST(Horizon, AHoleOfMoreThanAWeekIsNotPlanned) {
  const Roster roster = team({{"a", "nurse"}});
  std::vector<Stint> planned = daily("a", 0, 28);
  planned.push_back(stint("a", Duty::on_duty, on(365, 8), on(365, 20)));
  const Rota rota{1, planned, {}};
  const Horizon horizon{rota, roster};
  EXPECT_EQ(horizon.duty_of(0, on(100)), Duty::unknown);
  EXPECT_EQ(horizon.nearest(on(100))->until, on(27, 20));
  EXPECT_EQ(horizon.duty_of(0, on(365, 9)), Duty::on_duty);
}

TEST(Horizon, AnOverrideIsKnowledge) {
  const Roster roster = team({{"a", "nurse"}});
  const auto change = [&](std::uint64_t number, Duty duty, int day) {
    return Override{number, stint("a", duty, on(day), on(day + 1)), "a swap", kFirstMonday};
  };
  const Rota rota{1, daily("a", 0, 28), {change(1, Duty::off, 50), change(2, Duty::on_call, 52)}};
  const Horizon horizon{rota, roster};
  EXPECT_EQ(horizon.duty_of(0, on(50, 9)), Duty::off);
  EXPECT_EQ(horizon.duty_of(0, on(51, 9)), Duty::unknown);
  EXPECT_EQ(horizon.duty_of(0, on(52, 9)), Duty::on_call);
}

TEST(Horizon, WhoIsUsuallyOnDutyIsReadFromTheLastWeekOfThePlan) {
  const Roster roster = team({{"a-mon", "nurse"}, {"b-all", "nurse"}, {"never", "porter"}});
  std::vector<Stint> planned = daily("b-all", 0, 28);
  for (int day = 0; day < 28; day += 7)  // Mondays
    planned.push_back(stint("a-mon", Duty::on_duty, on(day, 8), on(day, 20)));
  const Rota rota{1, planned, {}};
  const Horizon horizon{rota, roster};
  EXPECT_TRUE(horizon.is_usually_on_duty(0, on(301, 9)));  // a Monday
  EXPECT_FALSE(horizon.is_usually_on_duty(0, on(302, 9)));
  EXPECT_TRUE(horizon.is_usually_on_duty(1, on(302, 9)));
  EXPECT_FALSE(horizon.is_usually_on_duty(1, on(302, 23)));
  EXPECT_TRUE(horizon.is_usually_on_duty(0, on(-7, 9))) << "before the plan: its first week";
  EXPECT_FALSE(horizon.is_usually_on_duty(2, on(302, 9)));
}

TEST(Horizon, APlanOfLessThanAWeekIsReadByTheHourOfTheDay) {
  const Roster roster = team({{"a", "nurse"}});
  const Rota rota{1, daily("a", 0, 3), {}};
  EXPECT_TRUE(Horizon(rota, roster).is_usually_on_duty(0, on(33, 9)));
  EXPECT_FALSE(Horizon(rota, roster).is_usually_on_duty(0, on(33, 22)));
}

}  // namespace
}  // namespace tocsin::roster
