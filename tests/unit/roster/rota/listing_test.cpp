#include "roster/rota/listing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tocsin::roster {
namespace {

using std::chrono::hours;

const base::Instant kListed = *base::from_rfc3339("2026-11-29T00:00:00Z");

Stint planned(const char* person, Duty duty, int from, int until, const char* role = "",
              const char* ward = "") {
  return {PersonId{person},      duty, RoleId{role}, WardId{ward}, kListed + hours{from},
          kListed + hours{until}};
}

const Roster& resus_staff() {
  static const Roster roster = [] {
    std::vector<Responder> rows;
    for (const char* id : {"a", "b", "left"}) {
      Responder row;
      row.id = PersonId{id};
      row.name = id;
      row.role = RoleId{"nurse"};
      row.ward = WardId{"resus"};
      if (row.id.str() == "left") row.employment = Employment::inactive;
      rows.push_back(std::move(row));
    }
    return Roster{1, kListed, std::move(rows)};
  }();
  return roster;
}

const Rota& rota() {
  static const Rota rota{
      1,
      {planned("b", Duty::on_duty, 8, 20), planned("a", Duty::on_duty, 8, 20),
       planned("a", Duty::on_call, 20, 32, "matron"),
       planned("b", Duty::absent, 24, 48, "", "wards"), planned("left", Duty::on_duty, 8, 20),
       planned("gone", Duty::on_duty, 8, 20)},
      {{1, planned("b", Duty::off, 18, 20), "a swap", kListed}}};
  return rota;
}

std::string said(const Wanted& wanted) {
  std::string out;
  for (const Listed& one : list(rota(), resus_staff(), wanted))
    out += one.person->id.str() + " " + std::string{to_text(one.stint.duty)} + " " +
           std::to_string((one.stint.until - kListed) / hours{1}) + "; ";
  return out;
}

TEST(Listing, IsByTimeWithOverridesAndWithoutWhoHasLeft) {
  EXPECT_EQ(said({{kListed, kListed + hours{24}}}), "b on duty 18; a on duty 20; a on call 32; ");
  EXPECT_EQ(said({{kListed + hours{20}, kListed + hours{24}}}), "a on call 32; ") << "half-open";
}

TEST(Listing, ChoosesByPersonRoleWardAndDuty) {
  const Stretch all{kListed, kListed + hours{100}};
  EXPECT_EQ(said({all, PersonId{"b"}}), "b on duty 18; b absent 48; ");
  EXPECT_EQ(said({all, {}, RoleId{"matron"}}), "a on call 32; ");
  EXPECT_EQ(said({all, {}, RoleId{"nurse"}}), "b on duty 18; a on duty 20; b absent 48; ");
  EXPECT_EQ(said({all, {}, {}, WardId{"wards"}}), "b absent 48; ");
  EXPECT_EQ(said({all, {}, {}, {}, Duty::on_call}), "a on call 32; ");
  EXPECT_EQ(known_roles(rota(), resus_staff()), (std::vector<std::string>{"matron", "nurse"}));
}

}  // namespace
}  // namespace tocsin::roster
