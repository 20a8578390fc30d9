#include <gtest/gtest.h>

#include "playbook/reading/read.h"
#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

Limits limits_with(std::string_view from, std::string_view to) {
  return read_playbook(replaced(kSample, from, to), "a").playbook.limits;
}

TEST(ReadLimits, FallsBackWhereAValueCannotBeRead) {
  EXPECT_DOUBLE_EQ(limits_with("{1: 99%, 3: 75%}", "{1: 100%, 3: 75%}").confidence(1), 0.95);
  EXPECT_DOUBLE_EQ(limits_with("{1: 99%, 3: 75%}", "{0: 99%, 3: 75%}").confidence(3), 0.75);
  EXPECT_EQ(limits_with("between_shifts: 10h", "between_shifts: 10d").rest.between_shifts,
            base::Minutes{11 * 60});
  EXPECT_EQ(limits_with("prompts_per_hour: 6", "prompts_per_hour: 0").prompts_per_hour, 12);
  EXPECT_EQ(limits_with("prompt_window: 10min", "prompt_window: 0").prompt_window,
            base::Minutes{15});
  EXPECT_EQ(limits_with("gap: accept", "gap: perhaps").unanswered_gap, Unanswered::decline);
}

TEST(ReadLimits, KeepsSharesOfGroupsThatNobodyIsIn) {
  const Limits limits = limits_with("{medical: 50%", "{surgical: 50%, Bad name: 10%");
  EXPECT_DOUBLE_EQ(limits.largest_share(StaffGroupId{"surgical"}), 0.5);
  EXPECT_DOUBLE_EQ(limits.largest_share(StaffGroupId{"medical"}), 0.8);
  EXPECT_EQ(limits.largest_share_by_group.size(), 1U);
}

}  // namespace
}  // namespace tocsin::playbook
