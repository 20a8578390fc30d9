#include <fmt/format.h>
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

TEST(JudgeCascade, WhatIsTriedTogether) {
  const auto with = [](const char* together) {
    return fmt::format("reminders: 2\n  together: {}", together);
  };
  expect_error("reminders: 2", with("{1: [relay, @@phone]}"), "one after the other",
               "\"voice\" rings by itself");
  expect_error("reminders: 2", with("[relay, @@voice]"), "not among the channels", "as well");
  expect_error("reminders: 2", with("{1: [relay, @@relay, sms]}"), "twice");
  expect_error("reminders: 2", with("@@[relay]"), "one channel alone", "two or more");
  expect_error("reminders: 2", with("{@@0: [relay, sms]}"), "not a priority");
  document::Findings findings;
  EXPECT_TRUE(load(replaced(kSample, "reminders: 2", with("{1: [sms, relay]}")), findings));
  EXPECT_EQ(findings.errors(), 0U);
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

// With a rota the roles are known by which anybody is ever found.
TEST(JudgeCascade, ARoleThatTheRotaDoesNotHaveIsAMisspelling) {
  document::Findings ignored;
  const auto book = load(kSample, ignored);
  ASSERT_TRUE(book);
  RosterWords words;
  for (const Post& post : book->posts) {
    words.skills.insert(post.all_of.begin(), post.all_of.end());
    words.skills.insert(post.any_of.begin(), post.any_of.end());
    words.staff_groups.insert(post.staff_group);
  }
  for (const HoldingArea& area : book->holding_areas)
    words.staff_groups.insert(area.staff_groups.begin(), area.staff_groups.end());
  for (const auto& [group, share] : book->limits.largest_share_by_group)
    words.staff_groups.insert(group);
  words.on_call_roles.emplace({RoleId{"trauma-consultant"}, RoleId{"matron"}});
  words.roles.emplace("surgical-consultant");
  document::Findings sound;
  EXPECT_TRUE(load(kSample, sound, &words)) << to_text(sound.sorted().front());
  expect_error("on_call: matron", "on_call: @@matrn", "nobody is ever on call as \"matrn\"",
               "did you mean \"matron\"", &words);
  expect_error("deputies: [surgical-consultant]", "deputies: [@@surgical-consultnat]",
               "in the rota or by trade", "did you mean \"surgical-consultant\"", &words);
  words.on_call_roles.reset();
  EXPECT_TRUE(load(replaced(kSample, "on_call: matron", "on_call: anybody"), sound, &words));
}

}  // namespace
}  // namespace tocsin::playbook
