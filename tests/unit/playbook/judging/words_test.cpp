#include <gtest/gtest.h>

#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(JudgeWords, ListsHoldSomething) {
  expect_error(
      "holding:\n  - {id: canteen, report_to: Canteen, capacity: 50, staff_groups: medical}",
      "holding: @@[]", "expected a list of holding areas", "begin each with a dash");
}

TEST(JudgeWords, StaffGroupsAreOnTheRoster) {
  RosterWords roster;
  for (const char* skill : {"doctor", "nurse", "trauma", "emergency"}) roster.skills.emplace(skill);
  roster.staff_groups.emplace("medical");
  expect_error("staff_groups: medical", "staff_groups: [medical, @@medicals]",
               "nobody on the roster is in the staff group \"medicals\"",
               "did you mean \"medical\"", &roster);
}

TEST(JudgeWords, PrioritiesAreThoseOfPosts) {
  expect_error("confidence: {1: 99%,", "confidence: {@@10: 99%,", "\"10\" is not a priority",
               "1 to 9, or \"default\"");
  expect_warning("confidence: {1: 99%,", "confidence: {1: 99%, @@9: 80%,",
                 "no post has priority 9");
}

}  // namespace
}  // namespace tocsin::playbook
