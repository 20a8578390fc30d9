#include "roster/rota/change.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

using std::chrono::hours;

const base::Instant kMidnight = *base::from_rfc3339("2026-11-22T00:00:00Z");
const PersonId kAna{"ana"};

Stint stint(Duty duty, int from, int until) {
  return {kAna, duty, RoleId{}, WardId{}, kMidnight + hours{from}, kMidnight + hours{until}};
}
Override change(Duty duty, int from, int until) {
  return {0, stint(duty, from, until), "sick", {}};
}

Duty at(const Rota& rota, int hour) { return rota.duty_of(kAna, kMidnight + hours{hour}); }

const Rota kPlanned{7, {stint(Duty::on_duty, 8, 20)}, {}};

TEST(RotaChange, APlanReplacesTheOneBeforeOrIsAddedToIt) {
  const std::vector<Stint> night{stint(Duty::on_call, 20, 32), stint(Duty::on_call, 20, 32)};
  const Rota replaced = with_plan(kPlanned, draft_of(night), Plan::replaced);
  EXPECT_EQ(replaced.revision(), 8u);
  EXPECT_EQ(replaced.planned().size(), 1u);
  EXPECT_EQ(at(replaced, 9), Duty::off);
  const Rota kept = with_plan(kPlanned, draft_of(night), Plan::kept);
  EXPECT_EQ(at(kept, 9), Duty::on_duty);
  EXPECT_EQ(at(kept, 21), Duty::on_call);
  EXPECT_EQ(with_plan(kept, draft_of(night), Plan::kept).planned(), kept.planned());
}

TEST(RotaChange, AnOverrideOutlivesThePlanAndHasTheHighestNumber) {
  const Rota absent = with_override(kPlanned, change(Duty::absent, 8, 20));
  const Rota back = with_override(absent, change(Duty::on_duty, 10, 12));
  EXPECT_EQ(back.revision(), 9u);
  EXPECT_EQ(at(back, 9), Duty::absent);
  EXPECT_EQ(at(back, 11), Duty::on_duty) << "the later one counts";
  EXPECT_EQ(at(with_plan(back, Draft{}, Plan::replaced), 9), Duty::absent);
}

TEST(RotaChange, AnOverrideIsTakenAwayByItsNumber) {
  const Rota two =
      with_override(with_override(kPlanned, change(Duty::absent, 8, 20)), change(Duty::off, 8, 20));
  const auto left = without_override(two, 2);
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(at(*left, 9), Duty::absent);
  EXPECT_EQ(left->revision(), two.revision() + 1);
  EXPECT_FALSE(without_override(two, 3).has_value());
  // A number is not given again while a higher one is there.
  const Rota again = with_override(*without_override(two, 1), change(Duty::off, 1, 2));
  EXPECT_EQ(again.overrides().back().number, 3u);
}

}  // namespace
}  // namespace tocsin::roster
