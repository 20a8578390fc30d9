#include "roster/people/selection.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

Responder responder(std::string id, std::string role, std::string ward,
                    std::vector<SkillId> skills) {
  Responder out;
  out.id = PersonId{std::move(id)};
  out.role = RoleId{std::move(role)};
  out.ward = WardId{std::move(ward)};
  out.staff_group = StaffGroupId{out.role.str() == "nurse" ? "nursing" : "medical"};
  out.skills = std::move(skills);
  return out;
}

const SkillId kAirway{"airway"};
const SkillId kTrauma{"trauma-care"};

Roster staff() {
  Responder gone = responder("e", "nurse", "itu", {kAirway});
  gone.employment = Employment::inactive;
  return Roster{1,
                {},
                {responder("a", "nurse", "itu", {kAirway}),
                 responder("b", "nurse", "theatres", {kAirway, kTrauma}),
                 responder("c", "consultant", "theatres", {kTrauma}),
                 responder("d", "consultant", "", {}), gone}};
}

std::string ids(const Selection& selection) {
  const Roster roster = staff();
  std::string out;
  for (const Responder* person : select(roster, selection)) out += person->id.str();
  return out;
}

TEST(Selection, OfNothingIsEverybodyWhoIsActive) {
  EXPECT_EQ(ids({}), "abcd");
  EXPECT_EQ(ids({.with_inactive = true}), "abcde");
}

TEST(Selection, EachWordNarrowsIt) {
  EXPECT_EQ(ids({.role = "nurse"}), "ab");
  EXPECT_EQ(ids({.staff_group = "medical"}), "cd");
  EXPECT_EQ(ids({.ward = "theatres"}), "bc");
  EXPECT_EQ(ids({.role = "nurse", .ward = "theatres"}), "b");
  EXPECT_EQ(ids({.role = "porter"}), "");
  EXPECT_EQ(ids({.role = "nurse", .with_inactive = true}), "abe");
}

TEST(Selection, SeveralSkillsMustAllBeThere) {
  EXPECT_EQ(ids({.skills = {"airway"}}), "ab");
  EXPECT_EQ(ids({.skills = {"airway", "trauma-care"}}), "b");
}

TEST(Selection, TakesWordsAsPeopleWriteThem) {
  EXPECT_EQ(ids({.role = "Nurse", .skills = {"Trauma Care"}}), "b");
}

TEST(Selection, SaysWhichWordsNobodyHas) {
  const Roster roster = staff();
  const auto said = [&](const Selection& selection) {
    std::string out;
    for (const Unheard& one : unheard(roster, selection))
      out += std::string{one.kind} + " " + one.word + ">" + one.nearest + ";";
    return out;
  };
  EXPECT_EQ(said({}), "");
  EXPECT_EQ(said({.role = "Nurse", .ward = "ITU", .skills = {"Airway"}}), "");
  EXPECT_EQ(said({.role = "consultnat", .staff_group = "medcal", .ward = "theater"}),
            "role consultnat>consultant;staff group medcal>medical;ward theater>theatres;");
  EXPECT_EQ(said({.skills = {"airway", "airwy", "piano"}}), "skill airwy>airway;skill piano>;");
}

}  // namespace
}  // namespace tocsin::roster
