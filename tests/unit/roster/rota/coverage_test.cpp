#include "roster/rota/coverage.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tocsin::roster {
namespace {

using std::chrono::days;
using std::chrono::hours;

const base::Instant kLookedAt = *base::from_rfc3339("2026-11-29T12:00:00Z");

Stint stint(const char* person, Duty duty, int from_hour, int until_hour, const char* role = "") {
  return {PersonId{person},
          duty,
          RoleId{role},
          WardId{},
          kLookedAt + hours{from_hour},
          kLookedAt + hours{until_hour}};
}

const Roster& anaesthetists() {
  static const Roster roster = [] {
    std::vector<Responder> rows;
    for (const char* id : {"a", "b", "c"}) {
      Responder row;
      row.id = PersonId{id};
      row.name = id;
      row.role = RoleId{"anaesthetist"};
      rows.push_back(std::move(row));
    }
    return Roster{1, kLookedAt, std::move(rows)};
  }();
  return roster;
}

Stretch from_to(int from_hour, int until_hour) {
  return {kLookedAt + hours{from_hour}, kLookedAt + hours{until_hour}};
}

TEST(Coverage, NamesTheTimesAtWhichNobodyIsOnCall) {
  const Rota rota{1,
                  {stint("a", Duty::on_call, -12, 12), stint("b", Duty::on_call, 14, 40),
                   stint("b", Duty::absent, 20, 22), stint("c", Duty::on_duty, 12, 14)},
                  {}};
  const Coverage found =
      coverage_of(rota, anaesthetists(), kLookedAt, needs_of(rota, anaesthetists()));
  ASSERT_TRUE(found.reaches());
  EXPECT_TRUE(found.ends_soon());
  EXPECT_EQ(*found.looked_at, from_to(0, 40)) << "beyond its end the rota says nothing";
  ASSERT_EQ(found.uncovered.size(), 1U);
  EXPECT_EQ(found.uncovered[0].name, "anaesthetist");
  EXPECT_EQ(found.uncovered[0].times, (std::vector{from_to(12, 14), from_to(20, 22)}));
}

TEST(Coverage, LooksAFortnightAhead) {
  const Rota rota{1, {stint("a", Duty::on_call, 0, 20 * 24)}, {}};
  const Coverage found = coverage_of(rota, anaesthetists(), kLookedAt,
                                     {on_call_need(anaesthetists(), RoleId{"matron"})});
  EXPECT_FALSE(found.ends_soon());
  ASSERT_EQ(found.uncovered.size(), 1U);
  EXPECT_EQ(found.uncovered[0].times, std::vector{from_to(0, 14 * 24)});
  EXPECT_EQ(found.unknown, 0U);
}

TEST(Coverage, OfARotaThatHasEndedItSaysOnlyThat) {
  const Rota rota{1, {stint("a", Duty::on_call, -900, -800)}, {}};
  const Coverage found =
      coverage_of(rota, anaesthetists(), kLookedAt, needs_of(rota, anaesthetists()));
  EXPECT_FALSE(found.reaches());
  EXPECT_EQ(found.reach->until, kLookedAt - hours{800});
  EXPECT_EQ(found.unknown, 3U);
  EXPECT_TRUE(found.uncovered.empty());
  const Rota none;
  EXPECT_FALSE(coverage_of(none, anaesthetists(), kLookedAt, {}).has_plan);
  EXPECT_EQ(coverage_of(none, anaesthetists(), kLookedAt, {}).unknown, 0U);
}

TEST(Coverage, LooksAtAPlanThatBeginsWithinTheFortnight) {
  const auto look = [](std::vector<Stint> stints) {
    const Rota rota{1, std::move(stints), {}};
    return coverage_of(rota, anaesthetists(), kLookedAt, needs_of(rota, anaesthetists()));
  };
  std::vector<Stint> ahead{stint("a", Duty::on_call, 3, 12), stint("b", Duty::on_call, 14, 40)};
  const Coverage found = look(ahead);
  EXPECT_FALSE(found.reaches());
  EXPECT_FALSE(found.ends_soon());
  EXPECT_EQ(found.unknown, 3U);
  EXPECT_EQ(*found.looked_at, from_to(3, 40));
  ASSERT_EQ(found.uncovered.size(), 1U);
  EXPECT_EQ(found.uncovered[0].times, std::vector{from_to(12, 14)});
  ahead.insert(ahead.begin(), stint("a", Duty::on_call, -900, -800));
  const Coverage again = look(ahead);
  EXPECT_EQ(again.reach->until, kLookedAt - hours{800});
  EXPECT_EQ(*again.next, from_to(3, 40));
  EXPECT_EQ(again.uncovered.size(), 1U);
  EXPECT_FALSE(look({stint("a", Duty::on_call, 15 * 24, 16 * 24)}).looked_at);
}

TEST(Coverage, FindsStintsThatCannotBothBeRight) {
  const Rota rota{1,
                  {stint("a", Duty::on_call, 0, 12), stint("a", Duty::on_call, 10, 20),
                   stint("b", Duty::on_duty, 0, 12), stint("b", Duty::on_duty, 12, 24),
                   stint("c", Duty::on_duty, 0, 12), stint("c", Duty::on_call, 0, 24),
                   stint("c", Duty::on_duty, -100, -40)},
                  {}};
  const Coverage found = coverage_of(rota, anaesthetists(), kLookedAt, {});
  ASSERT_EQ(found.overlaps.size(), 1U) << "on duty and on call at once is usual";
  EXPECT_EQ(found.overlaps[0].first.person, PersonId{"a"});
  EXPECT_EQ(found.overlaps[0].second.from, kLookedAt + hours{10});
  ASSERT_EQ(found.long_duties.size(), 1U) << "what is over is over";
  EXPECT_EQ(found.long_duties[0].person, PersonId{"b"});
  EXPECT_EQ(found.long_duties[0].time, from_to(0, 24));
}

}  // namespace
}  // namespace tocsin::roster
