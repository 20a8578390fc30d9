#include "roster/people/roster.h"

#include <gtest/gtest.h>

#include "unit/roster/people/somebody.h"

namespace tocsin::roster {
namespace {

TEST(Roster, FindsPeopleWhateverTheOrderTheyCameIn) {
  const Roster roster{1, {}, {somebody("c"), somebody("a"), somebody("b")}};
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
  Responder gone = somebody("z");
  gone.employment = Employment::inactive;
  gone.role = RoleId{"porter"};
  Responder bare = somebody("y");
  bare.role = RoleId{};
  const Roster roster{1, {}, {somebody("a"), gone, bare}};
  EXPECT_EQ(roster.roles(), std::vector{RoleId{"consultant"}});
  EXPECT_EQ(roster.skills(), (std::vector{SkillId{"airway"}, SkillId{"trauma"}}));
}

}  // namespace
}  // namespace tocsin::roster
