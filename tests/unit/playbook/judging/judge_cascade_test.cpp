#include <gtest/gtest.h>

#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(JudgeCascade, NamesWhatExists) {
  expect_error("post: resus/team-leader", "post: @@resus/team-leder", "no post is called",
               "did you mean \"resus/team-leader\"");
  expect_error("post: wards/nurse", "post: @@resus/team-leader", "a key role already");
  expect_error("deputies: [surgical-consultant]", "deputies: [@@trauma-consultant]",
               "their own deputy");
  expect_warning("- {post: wards/nurse, on_call: matron}", "- @@{post: wards/nurse}",
                 "without anybody on call");
  expect_error("[relay, sms, phone]", "[relay, @@smss, phone]", "no channel is called",
               "did you mean \"sms\"");
  expect_error("channels: [relay, sms, phone]", "channels: @@[]", "nobody would be called",
               "leave \"channels\" out");
  expect_warning("[relay, sms, phone]", "@@[relay, sms]", "the last channel is not phone");
  expect_error("[next-channel, deputy, phone-list]", "[next-channel, @@deputys]",
               "\"deputys\" is not known", "did you mean \"deputy\"");
  expect_error("reminders: 2", "over_call: @@2", "there is no over_call", "leave it out");
  expect_error("answer_window: {1: 5min,", "answer_window: {1: @@0,", "in no time");
  expect_error("answer_window: {1: 5min,", "answer_window: {@@0: 5min,", "not a priority");
  expect_warning("answer_window: {1: 5min,", "answer_window: {1: 5min, @@4: 5min,",
                 "no post has priority 4");
  expect_warning("answer_window: {1: 5min, default: 15min}", "answer_window: @@25min",
                 "silence is noticed after 25 min");
}

TEST(JudgeCascade, DeputiesThatWaitForEachOther) {
  const std::string text = replaced(kSample, "on_call: matron",
                                    "on_call: surgical-consultant, deputies: [trauma-consultant]");
  document::Findings findings;
  EXPECT_FALSE(load(text, findings).has_value());
  ASSERT_EQ(findings.errors(), 2U);
  EXPECT_EQ(to_text(findings.sorted()[0]),
            "a.yaml:42:42: error: the deputies of \"trauma-consultant\" lead back to "
            "\"trauma-consultant\"");
  EXPECT_EQ(findings.sorted()[1].line, 43);
}

}  // namespace
}  // namespace tocsin::playbook
