#include <gtest/gtest.h>

#include "playbook/reading/read.h"
#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

using base::Minutes;

Playbook sample_with(std::string_view from, std::string_view to) {
  return read_playbook(replaced(kSample, from, to), "a").playbook;
}

TEST(ReadAreas, TheFirstCountsOfWhatHasOneName) {
  const Playbook areas = sample_with("  - id: wards", "  - id: resus");
  ASSERT_EQ(areas.areas.size(), 1U);
  EXPECT_EQ(areas.areas[0].title, "Resuscitation");
  EXPECT_EQ(areas.posts.size(), 4U);
  const Playbook roles = sample_with("role: nurse\n        skills: nurse", "role: team-leader");
  EXPECT_EQ(roles.posts.size(), 3U);
  EXPECT_EQ(roles.find_post(PostId{"resus/team-leader/response"})->title, "Trauma team leader");
  const Playbook shifts = sample_with("id: relief,", "id: response,");
  EXPECT_EQ(shifts.shifts.size(), 1U);
  EXPECT_TRUE(sample_with("id: canteen", "id: wards").holding_areas.empty());
}

TEST(ReadAreas, LeavesOutWhatHasNoNameOrTime) {
  EXPECT_EQ(sample_with("  - id: wards", "  - idd: wards").areas.size(), 1U);
  EXPECT_EQ(sample_with("role: team-leader", "roll: team-leader").posts.size(), 3U);
  const Playbook no_time = sample_with("until: 16h", "until: dawn");
  EXPECT_EQ(no_time.shifts.size(), 1U);
  EXPECT_EQ(no_time.posts.size(), 3U);
  EXPECT_EQ(sample_with("until: 16h", "until: 7h").shifts.size(), 1U);
  EXPECT_EQ(sample_with("from: 8h", "from: 7h").shifts.size(), 1U);
}

TEST(ReadAreas, TakesTheStepsOfANeedThatFit) {
  const auto needs = [](std::string_view need) {
    std::string out;
    const Playbook book = sample_with("need: 2 by 1h30", need);
    if (const Post* post = book.find_post(PostId{"wards/nurse/response"}))
      for (const Need& one : post->needs)
        out += std::to_string(one.count) + "@" + std::to_string(one.by.count()) + " ";
    return out;
  };
  EXPECT_EQ(needs("need: 2 by 1h then 1 by 2h then 3 by 3h"), "2@60 3@180 ");
  EXPECT_EQ(needs("need: 2 by 1h then 3 by 9h"), "2@60 ");
  EXPECT_EQ(needs("need: 2"), "");
  EXPECT_EQ(needs("need: two by 1h then 501 by 2h then 4 by 3h"), "4@180 ");
  EXPECT_EQ(needs("need: [2 by 1h]"), "");
  EXPECT_EQ(needs("need: {response: 2 by 1h, night: 3 by 1h}"), "2@60 ");
}

TEST(ReadAreas, NumbersOutOfBoundsAreNotThere) {
  EXPECT_EQ(sample_with("minimum: 1", "minimum: 2").posts[0].minimum, 0);
  EXPECT_EQ(sample_with("priority: 3", "priority: 10").posts[4].priority, 2);
  EXPECT_EQ(sample_with("    priority: 2", "    priority: 0").areas[1].priority, 1);
  EXPECT_EQ(sample_with("capacity: 50", "capacity: 10001").holding_areas[0].capacity, 0);
}

TEST(ReadAreas, KeepsNamesThatNothingBears) {
  EXPECT_EQ(sample_with("lead: team-leader", "lead: nobody").areas[0].lead, RoleId{"nobody"});
  EXPECT_EQ(sample_with("[doctor, trauma]", "[docter, trauma]").posts[0].all_of[0],
            SkillId{"docter"});
}

}  // namespace
}  // namespace tocsin::playbook
