#include <gtest/gtest.h>

#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(JudgeLimits, TakesTheLargestConfidenceInBothSpellings) {
  for (const char* most : {"confidence: {1: 99.9%,", "confidence: {1: 0.999,"}) {
    document::Findings findings;
    const auto book = load(replaced(kSample, "confidence: {1: 99%,", most), findings);
    ASSERT_TRUE(book) << most;
    EXPECT_EQ(book->limits.confidence(1), 0.999) << most;
  }
}

TEST(JudgeLimits, AreWithinReason) {
  expect_error("confidence: {1: 99%,", "confidence: {1: @@99.91%,", "from 50% to 99.9%");
  expect_error("confidence: {1: 99%,", "confidence: {1: @@100%,", "from 50% to 99.9%", "everyone");
  expect_error("confidence: {1: 99%,", "confidence: {1: @@99,", "a share such as 60%");
  expect_error("between_shifts: 10h", "@@between_shift: 10h", "unknown key", "between_shifts");
  expect_error("prompts_per_hour: 6", "prompts_per_hour: @@0", "from 1 to 120");
  expect_error("prompt_window: 10min", "prompt_window: @@0", "in no time");
  expect_error("prompt_window: 10min", "prompt_window: @@2h", "");
  expect_error("prompt_window: 10min", "@@prompt_windows: 10min", "unknown key", "prompt_window");
  expect_error("{gap: accept,", "{gap: @@acept,", "acept", "accept");
  expect_error("rest_override: decline", "@@rest_overide: decline", "unknown key", "rest_override");
  expect_error("largest_share: {medical: 50%", "largest_share: {medical: @@150%", "a share");
  document::Findings findings;
  EXPECT_TRUE(load(replaced(kSample, "until: 16h", "until: 22h"), findings).has_value());
  ASSERT_EQ(findings.warnings(), 1U);
  EXPECT_EQ(to_text(findings.sorted()[0]),
            "a.yaml:50:9: warning: shift relief lasts 14 h, longer than the longest shift of 13 h");
}

}  // namespace
}  // namespace tocsin::playbook
