#include "playbook/judging/roster_words.h"

#include <gtest/gtest.h>

#include <vector>

namespace tocsin::playbook {
namespace {

roster::Responder responder(const char* group, std::vector<roster::SkillId> skills,
                            roster::Employment employment = roster::Employment::active) {
  roster::Responder out;
  out.staff_group = roster::StaffGroupId{group};
  out.skills = std::move(skills);
  out.employment = employment;
  return out;
}

TEST(RosterWords, AreThoseOfWhoeverCanBeCalled) {
  const std::vector<roster::Responder> people{
      responder("nursing", {roster::SkillId{"airway"}, roster::SkillId{"trauma"}}),
      responder("nursing", {roster::SkillId{"airway"}}),
      responder("estates", {roster::SkillId{"boilers"}}, roster::Employment::inactive)};
  const RosterWords words = words_of(people);
  EXPECT_EQ(words.skills, (std::set<SkillId>{SkillId{"airway"}, SkillId{"trauma"}}));
  EXPECT_EQ(words.staff_groups, std::set<StaffGroupId>{StaffGroupId{"nursing"}});
  EXPECT_TRUE(words_of({}).skills.empty());
}

TEST(RosterWords, OfARotaAreTheRolesForWhichAnybodyIsEverOnCall) {
  roster::Responder ana = responder("nursing", {});
  ana.id = roster::PersonId{"ana"};
  ana.role = roster::RoleId{"matron"};
  const roster::Roster roster{1, {}, {ana}};
  const auto stint = [](roster::Duty duty, const char* role, int hour) {
    return roster::Stint{roster::PersonId{"ana"},
                         duty,
                         roster::RoleId{role},
                         {},
                         base::Instant{std::chrono::hours{hour}},
                         base::Instant{std::chrono::hours{hour + 1}}};
  };
  const roster::Rota rota{
      1,
      {stint(roster::Duty::on_call, "", 1), stint(roster::Duty::on_call, "silver", 2),
       stint(roster::Duty::on_duty, "gold", 3)},
      {}};
  const RosterWords words = words_of(roster, rota);
  EXPECT_EQ(words.roles, std::set<RoleId>{RoleId{"matron"}});
  EXPECT_EQ(words.on_call_roles, (std::set<RoleId>{RoleId{"matron"}, RoleId{"silver"}}));
  EXPECT_FALSE(words_of(roster, roster::Rota{}).on_call_roles) << "no rota to look at";
}

}  // namespace
}  // namespace tocsin::playbook
