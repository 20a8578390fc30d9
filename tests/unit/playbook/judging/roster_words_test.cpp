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

}  // namespace
}  // namespace tocsin::playbook
