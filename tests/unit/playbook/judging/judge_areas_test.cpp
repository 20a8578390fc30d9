#include <gtest/gtest.h>

#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(JudgeAreas, AreNamedAndLed) {
  expect_error(
      "holding:\n",
      "  - {id: @@resus, priority: 2, report_to: X, lead: a, posts: [{role: a, need: 1 by 1h}]}\n"
      "holding:\n",
      "duplicate id \"resus\"", "line 10");
  expect_error("priority: 1", "priority: @@0", "from 1 to 9");
  expect_error("lead: team-leader", "lead: @@team-leeder", "resus has no role",
               "did you mean \"team-leader\"");
  expect_error("holding:\n",
               "  - {id: more, priority: 2, report_to: X, lead: a, posts: @@[]}\nholding:\n",
               "a list of posts");
  expect_warning("  - id: wards\n    priority: 2\n    report_to: Site office\n    lead: nurse\n",
                 "  - @@id: wards\n    priority: 2\n    report_to: Site office\n",
                 "nobody leads wards");
  const std::string leader = kSample.substr(kSample.find("lead: team"), 200);
  const std::string from = leader.substr(0, leader.find(", relief: 1}"));
  expect_warning(from + ", relief: 1}", "lead: @@" + from.substr(6) + "}",
                 "nobody leads resus in shift relief");
}

TEST(JudgeAreas, StandInOrderOfPriority) {
  std::string text = replaced(kSample, "priority: 1", "priority: 3");
  document::Findings findings;
  EXPECT_FALSE(load(text, findings).has_value());
  EXPECT_EQ(to_text(findings.sorted()[0]), "a.yaml:30:15: error: priority 2 below priority 3");
}

}  // namespace
}  // namespace tocsin::playbook
