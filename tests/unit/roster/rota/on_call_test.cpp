#include "roster/rota/on_call.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tocsin::roster {
namespace {

using std::chrono::hours;

const base::Instant kNewYear = *base::from_rfc3339("2027-01-04T00:00:00Z");
const RoleId kAnaesthetist{"anaesthetist"};

Stint serves(const char* person, Duty duty, int from, int until, const char* role = "") {
  return {PersonId{person},       duty, RoleId{role}, WardId{}, kNewYear + hours{from},
          kNewYear + hours{until}};
}

const Roster& theatre_staff() {
  static const Roster roster = [] {
    std::vector<Responder> rows;
    for (const char* id : {"a", "b", "gone"}) {
      Responder row;
      row.id = PersonId{id};
      row.name = id;
      row.role = kAnaesthetist;
      row.ward = WardId{"theatres"};
      if (row.id.str() == "gone") row.employment = Employment::inactive;
      rows.push_back(std::move(row));
    }
    return Roster{1, kNewYear, std::move(rows)};
  }();
  return roster;
}

TEST(OnCall, WhoHasTwoStintsAtOnceIsThereOnce) {
  const Rota rota{1,
                  {serves("a", Duty::on_call, 8, 20), serves("a", Duty::on_call, 18, 32),
                   serves("a", Duty::on_call, 40, 50)},
                  {}};
  const auto found = on_call(rota, theatre_staff(), kNewYear + hours{19});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].person->id, PersonId{"a"});
  EXPECT_EQ(found[0].roles, std::vector{kAnaesthetist});
  EXPECT_EQ(found[0].wards, std::vector{WardId{"theatres"}});
  EXPECT_EQ(found[0].from, kNewYear + hours{8});
  EXPECT_EQ(found[0].until, kNewYear + hours{32});
  const auto alone = on_call(rota, theatre_staff(), kNewYear + hours{45});
  ASSERT_EQ(alone.size(), 1U);
  EXPECT_EQ(alone[0].from, kNewYear + hours{40});
}

TEST(OnCall, OnePersonForTwoRolesIsOnePersonWithBoth) {
  const Rota rota{
      1, {serves("a", Duty::on_call, 0, 12), serves("a", Duty::on_call, 6, 24, "trauma-lead")}, {}};
  const auto both = on_call(rota, theatre_staff(), kNewYear + hours{8});
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0].roles, (std::vector{kAnaesthetist, RoleId{"trauma-lead"}}));
  EXPECT_EQ(both[0].until, kNewYear + hours{24});
  const auto one = on_call(rota, theatre_staff(), kNewYear + hours{8}, kAnaesthetist);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].roles, std::vector{kAnaesthetist});
  EXPECT_EQ(one[0].until, kNewYear + hours{12});
  EXPECT_TRUE(on_call(rota, theatre_staff(), kNewYear + hours{14}, kAnaesthetist).empty());
}

TEST(OnCall, NobodyWhoIsAwayHasLeftOrIsAtWorkOnly) {
  const Rota rota{1,
                  {serves("a", Duty::on_call, 0, 24), serves("a", Duty::absent, 6, 12),
                   serves("b", Duty::on_duty, 0, 24), serves("gone", Duty::on_call, 0, 24),
                   serves("stranger", Duty::on_call, 0, 24)},
                  {}};
  EXPECT_TRUE(on_call(rota, theatre_staff(), kNewYear + hours{8}).empty());
  const auto back = on_call(rota, theatre_staff(), kNewYear + hours{13});
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].from, kNewYear + hours{12});
  EXPECT_EQ(back[0].until, kNewYear + hours{24});
  const auto before = on_call(rota, theatre_staff(), kNewYear + hours{5});
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before[0].from, kNewYear);
  EXPECT_EQ(before[0].until, kNewYear + hours{6}) << "then they are away";
  EXPECT_EQ(on_call_roles(rota, theatre_staff()), std::vector{kAnaesthetist});
}

}  // namespace
}  // namespace tocsin::roster
