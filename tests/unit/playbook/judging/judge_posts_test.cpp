#include <gtest/gtest.h>

#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(JudgePosts, CanBeFilled) {
  expect_error("role: nurse\n        skills: nurse", "role: @@team-leader\n        skills: nurse",
               "duplicate role \"team-leader\" in resus");
  expect_error("minimum: 1", "minimum: @@2", "a minimum of 2 where only 1");
  expect_error("minimum: {response: 4, relief: 2}", "minimum: {response: @@7, relief: 2}",
               "a minimum of 7 where only 6 are needed in shift response");
  expect_error("minimum: {response: 4, relief: 2}", "minimum: {response: 4, @@releif: 2}",
               "no shift is called \"releif\"", "did you mean \"relief\"");
  expect_error("relief: 1}", "@@relif: 1}", "no shift is called", "relief");
  expect_error("skills: [nurse]", "@@skill: [nurse]", "unknown key \"skill\" in a post", "skills");
  expect_error("skills: [doctor, trauma]", "skills: [doctor, @@doctor]", "twice");
}

TEST(JudgePosts, SayHowManyByWhen) {
  expect_error("need: 2 by 1h30", "need: @@2", "2 by when?");
  expect_error("need: 2 by 1h30", "need: @@0 by 1h30", "expected how many from 1");
  expect_error("need: 2 by 1h30", "need: @@02 by 1h30", "expected how many from 1");
  expect_error("need: 2 by 1h30", "need: @@two by 1h30", "expected how many from 1");
  expect_error("need: 2 by 1h30", "need: @@2 by dawn", "expected a time");
  expect_error("need: 2 by 1h30", "need: @@2 by 8h", "after the end of the shift");
  expect_error("need: 2 by 1h30", "need: {relief: @@2 by 7h}", "before the start of the shift");
  expect_error("need: 2 by 1h30", "need: @@2 by 30min then 2 by 60min", "the counts must rise");
  expect_error("need: 2 by 1h30", "need: @@2 by 60min then 3 by 30min", "the times must rise");
  expect_error("need: 2 by 1h30", "need: @@{}", "no shift");
}

TEST(JudgePosts, AskForWhatTheRosterHas) {
  RosterWords roster;
  for (const char* skill : {"doctor", "nurse", "trauma", "emergency"}) roster.skills.emplace(skill);
  roster.staff_groups.emplace("medical");
  document::Findings findings;
  EXPECT_TRUE(load(kSample, findings, &roster).has_value());
  expect_error("skills: [doctor, trauma]", "skills: [@@docter, trauma]",
               "nobody on the roster has the skill \"docter\"", "did you mean \"doctor\"", &roster);
  expect_error("staff_group: medical", "staff_group: @@medicine", "nobody on the roster is in",
               "medical", &roster);
  expect_error("largest_share: {medical", "largest_share: {@@surgical",
               "nobody on the roster is in", "", &roster);
}

}  // namespace
}  // namespace tocsin::playbook
