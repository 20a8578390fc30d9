#include "roster/people/roster.h"

#include <gtest/gtest.h>

namespace tocsin::roster {
namespace {

Responder responder(std::string id) {
  Responder out;
  out.id = PersonId{std::move(id)};
  out.name = "Siân Ó Briain";
  out.staff_group = StaffGroupId{"medical-and-dental"};
  out.role = RoleId{"consultant"};
  out.ward = WardId{"theatres"};
  out.skills = {SkillId{"airway"}, SkillId{"trauma"}};
  out.travel = base::Minutes{25};
  out.language = "cy";
  ContactPoint phone{ChannelId{"phone"}, "+447700900123", std::nullopt, std::nullopt, true};
  ContactPoint email{ChannelId{"email"}, "sian@example.org", Date{std::chrono::year{2025} / 3 / 1},
                     base::from_rfc3339("2026-01-02T03:04:05Z"), false};
  out.contacts = {phone, email};
  return out;
}

TEST(Roster, FindsPeopleWhateverTheOrderTheyCameIn) {
  const Roster roster{1, {}, {responder("c"), responder("a"), responder("b")}};
  ASSERT_EQ(roster.size(), 3u);
  for (const char* id : {"a", "b", "c"}) {
    const Responder* found = roster.find(PersonId{id});
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->id.str(), id);
    EXPECT_EQ(&roster[*roster.index_of(PersonId{id})], found);
  }
  EXPECT_EQ(roster.find(PersonId{"d"}), nullptr);
  EXPECT_EQ(roster.find(PersonId{""}), nullptr);
}

TEST(Roster, WordsAreThoseOfActiveResponders) {
  Responder gone = responder("z");
  gone.employment = Employment::inactive;
  gone.role = RoleId{"porter"};
  Responder bare = responder("y");
  bare.role = RoleId{};
  const Roster roster{1, {}, {responder("a"), gone, bare}};
  EXPECT_EQ(roster.roles(), std::vector{RoleId{"consultant"}});
  EXPECT_EQ(roster.skills(), (std::vector{SkillId{"airway"}, SkillId{"trauma"}}));
}

}  // namespace
}  // namespace tocsin::roster
