#include "incident/seating/seats.h"

#include <gtest/gtest.h>

#include <set>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// Posts that ask for much.
constexpr std::string_view kPicky = R"(
  - id: resus
    title: Resuscitation
    priority: 2
    report_to: "Red doors"
    posts:
      - {role: leader, title: Leader, staff_group: medical, skills: [a, b], need: {response: 1 by 20min}}
      - role: nurse
        title: Nurse
        skills: [c]
        any_of: [a, b]
        need: {response: 3 by 20min then 6 by 60min, relief: 4 by 9h}
        minimum: {response: 4}
      - {role: runner, title: Runner, need: {response: 2 by 30min}}
)";

// Somebody with each set of the four skills, once in each staff group.
Night everybody() {
  std::vector<roster::Responder> people;
  for (const char* group : {"", "medical", "nursing"})
    for (unsigned set = 0; set < 16; ++set) {
      std::vector<const char*> skills;
      for (unsigned bit = 0; bit < 4; ++bit)
        if ((set >> bit & 1U) != 0) skills.push_back(std::array{"a", "b", "c", "d"}[bit]);
      skills.push_back("z");  // which no post names
      const std::string id = group + std::to_string(set);
      people.push_back(Night::person(("x" + id).c_str(), "X", skills, 10));
      people.back().staff_group = roster::StaffGroupId{group};
    }
  return Night{playbooks::with_areas(kPlaybook, kPicky), std::move(people), {}};
}

// The state decides whom to ask, and the allocation decides who sits. They must never disagree.
TEST(Seats, TheAllocationLetsInWhomTheStateLetsIn) {
  const Night night = everybody();
  const allocation::Problem seats = seats_of(night.state);
  ASSERT_EQ(seats.posts.size(), night.state.slots.size());
  int able = 0;
  for (PersonIndex p = 0; p < night.state.people.size(); ++p) {
    allocation::Responder responder;
    qualify(responder, night.state, p);
    for (SlotIndex s = 0; s < night.state.slots.size(); ++s) {
      const bool may = allocation::is_able(responder, seats.posts[s]);
      EXPECT_EQ(may, night.state.can_hold(p, night.state.slots[s].post))
          << night.state.roster[p].id.str() << " " << seats.posts[s].id.str();
      able += may ? 1 : 0;
    }
  }
  // By hand: 4 of the medical lead; 6 of 16 sets have c with a or b, in three groups and three
  // slots; all 48 run.
  EXPECT_EQ(able, 4 + 6 * 3 * 3 + 48);
}

TEST(Seats, EachTimeOfANeedIsAPostOfItsOwn) {
  const Night night = everybody();
  const auto posts = seats_of(night.state).posts;
  ASSERT_EQ(posts.size(), 5U);
  const allocation::Post& early = posts[1];
  const allocation::Post& late = posts[2];
  const allocation::Post& relief = posts[3];
  EXPECT_EQ(early.id.str(), "resus/nurse/response@0");
  EXPECT_EQ(late.id.str(), "resus/nurse/response@1");
  EXPECT_EQ(early.count, 3);
  EXPECT_EQ(late.count, 3);
  // Of the four for safety, three are the earliest.
  EXPECT_EQ(early.minimum, 3);
  EXPECT_EQ(late.minimum, 1);
  EXPECT_EQ(*early.by, base::Minutes{20});
  EXPECT_EQ(*late.by, base::Minutes{60});
  EXPECT_EQ(late.stage, 0);
  EXPECT_EQ(relief.stage, 1);
  EXPECT_EQ(relief.from, base::Minutes{480});
  EXPECT_EQ(relief.shift.str(), "relief");
  for (const allocation::Post& post : posts) EXPECT_EQ(post.priority, 2);
}

TEST(Seats, ASpareIsForThoseWhoListItAndAfterEverySeat) {
  const Night night = everybody();
  std::set<std::string> ids;
  for (const Slot& slot : night.state.slots) {
    const allocation::Post spare = spare_for(night.state, slot);
    EXPECT_EQ(spare.id, spare_id(night.state, slot));
    EXPECT_TRUE(ids.insert(spare.id.str()).second);
    EXPECT_TRUE(ids.insert(slot_id(night.state, slot).str()).second);
    EXPECT_GT(spare.priority, playbook::kLeastPriority);
    EXPECT_EQ(spare.stage, night.state.shift_position(slot.post));
    allocation::Responder anybody;
    EXPECT_FALSE(allocation::is_able(anybody, spare));
    anybody.listed.push_back(spare.id);
    EXPECT_TRUE(allocation::is_able(anybody, spare));
  }
}

}  // namespace
}  // namespace tocsin::incident
