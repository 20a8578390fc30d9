#include "playbook/reading/read.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "playbook/reading/bounds.h"
#include "playbook/template.h"
#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

using base::Minutes;

// All that the sample says, read by the tests below.
class ReadSample : public testing::Test {
 protected:
  void SetUp() override {
    document::Findings findings;
    book = load(kSample, findings);
    for (const auto& finding : findings.sorted()) ADD_FAILURE() << to_text(finding);
    ASSERT_TRUE(book.has_value());
  }
  std::optional<Playbook> book;
};

TEST_F(ReadSample, SaysWhatItIsAndWhere) {
  EXPECT_EQ(book->id, "sample");
  EXPECT_EQ(book->revision, "2026-11-02");
  EXPECT_EQ(book->site.code, "ZZ999");
  EXPECT_EQ(book->source_text, kSample);
  ASSERT_EQ(book->shifts.size(), 2U);
  EXPECT_EQ(book->shifts[1].from, Minutes{480});
  EXPECT_EQ(book->shifts[1].until, Minutes{960});

  ASSERT_EQ(book->areas.size(), 2U);
  EXPECT_EQ(book->areas[0].lead, RoleId{"team-leader"});
  EXPECT_EQ(book->areas[1].title, "Wards");
  ASSERT_EQ(book->holding_areas.size(), 1U);
  EXPECT_EQ(book->holding_areas[0].capacity, 50);
}

TEST_F(ReadSample, SaysWhichPostsThereAre) {
  ASSERT_EQ(book->posts.size(), 5U);
  const Post& leader = book->posts[0];
  EXPECT_EQ(leader.id, PostId{"resus/team-leader/response"});
  EXPECT_EQ(leader.title, "Trauma team leader");
  EXPECT_EQ(leader.staff_group, StaffGroupId{"medical"});
  EXPECT_TRUE(leader.key_role);
  EXPECT_EQ(leader.all_of, (std::vector{SkillId{"doctor"}, SkillId{"trauma"}}));
  const Post& relief_leader = book->posts[1];
  EXPECT_FALSE(relief_leader.key_role);
  EXPECT_EQ(relief_leader.by(), Minutes{480});  // no time given: when the shift begins
  const Post& nurses = book->posts[2];
  ASSERT_EQ(nurses.needs.size(), 2U);
  EXPECT_EQ(nurses.needs[0].count, 3);
  EXPECT_EQ(nurses.needs[0].by, Minutes{20});
  EXPECT_EQ(nurses.count(), 6);
  EXPECT_EQ(nurses.by(), Minutes{60});
  EXPECT_EQ(nurses.minimum, 4);
  EXPECT_EQ(nurses.any_of.size(), 2U);
  EXPECT_EQ(book->posts[3].minimum, 2);
  EXPECT_EQ(book->posts[4].id, PostId{"wards/nurse/response"});
  EXPECT_EQ(book->posts[4].priority, 3);
  EXPECT_EQ(book->posts[4].minimum, 0);
  EXPECT_EQ(book->find_post(PostId{"wards/nurse/response"}), &book->posts[4]);
  EXPECT_EQ(book->find_post(PostId{"wards/nurse/relief"}), nullptr);
}

TEST_F(ReadSample, SaysHowPeopleAreAsked) {
  const Cascade& cascade = book->cascade;
  ASSERT_EQ(cascade.key_roles.size(), 2U);
  EXPECT_EQ(cascade.key_roles[0].post, book->posts[0].id);
  EXPECT_EQ(cascade.key_roles[0].deputies, std::vector{RoleId{"surgical-consultant"}});
  EXPECT_EQ(cascade.channels.size(), 3U);
  EXPECT_EQ(cascade.answer_window(1), Minutes{5});
  EXPECT_EQ(cascade.answer_window(2), Minutes{15});
  EXPECT_EQ(cascade.reminders, 2);
}

TEST_F(ReadSample, SaysItsLimits) {
  const Limits& limits = book->limits;
  EXPECT_DOUBLE_EQ(limits.confidence(1), 0.99);
  EXPECT_DOUBLE_EQ(limits.confidence(2), 0.90);
  EXPECT_DOUBLE_EQ(limits.confidence(3), 0.75);
  EXPECT_EQ(limits.rest.between_shifts, Minutes{600});
  EXPECT_EQ(limits.rest.longest_shift, Minutes{780});
  EXPECT_DOUBLE_EQ(limits.largest_share(StaffGroupId{"medical"}), 0.5);
  EXPECT_DOUBLE_EQ(limits.largest_share(StaffGroupId{"nursing"}), 0.8);
  EXPECT_DOUBLE_EQ(limits.on_duty_share("theatres"), 1.0);
  EXPECT_DOUBLE_EQ(limits.on_duty_share("ward-7"), 0.2);
  EXPECT_EQ(limits.prompts_per_hour, 6);
  EXPECT_EQ(limits.prompt_window, Minutes{10});
  EXPECT_EQ(limits.unanswered_gap, Unanswered::accept);
  EXPECT_EQ(limits.unanswered_lead_missing, Unanswered::decline);
  EXPECT_EQ(limits.unanswered_rest_override, Unanswered::decline);
}

TEST_F(ReadSample, SaysItsWordsAndHowLongItKeeps) {
  EXPECT_EQ(book->messages.code_words.any, "Larkspur");
  EXPECT_EQ(book->retention.days, 90);
  EXPECT_TRUE(book->retention.legal_hold);
}

TEST(Read, NeedsLittle) {
  document::Findings findings;
  const auto book = load(
      "format: 1\nid: a\ntitle: A\nrevision: 1\nsite: {code: ZZ999, name: B}\n"
      "shifts: [{id: s, from: 0, until: 8h}]\n"
      "areas: [{id: x, priority: 1, report_to: Y, lead: r, posts: [{role: r, need: 1 by 1h}]}]\n",
      findings);
  ASSERT_TRUE(book.has_value());
  EXPECT_DOUBLE_EQ(book->limits.confidence(1), 0.95);
  EXPECT_DOUBLE_EQ(book->limits.confidence(2), 0.90);
  EXPECT_DOUBLE_EQ(book->limits.confidence(7), 0.80);
  EXPECT_EQ(book->cascade.channels.back(), ChannelId{"phone"});
  EXPECT_FALSE(book->messages.text(MessageKind::request, "cy").empty());
  EXPECT_FALSE(book->retention.legal_hold);
}

// The sample with one thing changed into what the judge refuses, and read all the same.
Playbook refused(std::string_view from, std::string_view to) {
  SCOPED_TRACE(to);
  const std::string text = replaced(kSample, from, to);
  Reading reading = read_playbook(text, "a.yaml");
  EXPECT_TRUE(reading.is_readable());
  document::Findings findings;
  judge(reading, findings);
  EXPECT_TRUE(findings.has_errors());
  return std::move(reading.playbook);
}

TEST(Read, PassesOverWhatItDoesNotKnow) {
  const Playbook book = refused("title: Sample incident", "titel: Sample incident");
  EXPECT_EQ(book.title, "");
  EXPECT_EQ(book.posts.size(), 5U);
  EXPECT_EQ(refused("retention: {keep: 90d", "retention: {kepp: 90d").retention.days, 365);
}

TEST(Read, TakesTextsAsTheyStand) {
  EXPECT_EQ(refused("report_to: Red doors", "report_to: Bed of 943 476 5919").areas[0].report_to,
            "Bed of 943 476 5919");
  const Playbook book = refused("{kind}: come as {role}", "come as {rol}");
  EXPECT_EQ(render(book.messages.text(MessageKind::request, "en"), {}), "come as , , , by .");
  EXPECT_EQ(refused("code: ZZ999", "code: zz-9").site.code, "zz-9");
  EXPECT_EQ(refused("title: Sample incident", "title: " + std::string(90, 'x')).title.size(), 90U);
}

TEST(Read, TakesNoFormatButThoseItKnows) {
  for (const char* format : {"format: 2", "format: 99999", "format: one", "format: 0"})
    EXPECT_FALSE(read_playbook(replaced(kSample, "format: 1", format), "a").is_readable())
        << format;
  for (const char* text : {"", "[]", "a list", "{", "format: 1\n\tid: a", "- a"})
    EXPECT_FALSE(read_playbook(text, "a").is_readable()) << text;
  EXPECT_EQ(read_playbook("{", "a").faults.errors(), 1U);
  EXPECT_FALSE(read_playbook(std::string(kLargestPlaybook + 1, ' '), "a").is_readable());
}

// An incident runs in a shift, so there is always one.
TEST(Read, MakesSomethingOfAnyMapping) {
  const Reading reading = read_playbook("{}", "a");
  ASSERT_TRUE(reading.is_readable());
  ASSERT_EQ(reading.playbook.shifts.size(), 1U);
  EXPECT_EQ(reading.playbook.shifts[0].until, kHorizon);
  EXPECT_TRUE(reading.playbook.posts.empty());
}

// Drafts of format 1 had over_call, and a post might need nobody. Nothing that was once let pass
// may ever become unreadable: add to this when a check becomes stricter.
TEST(Read, TakesWhatWasEverLetPass) {
  const Playbook draft = refused("reminders: 2", "over_call: {1: 1.6, default: 2}\n  reminders: 2");
  EXPECT_EQ(draft.cascade.reminders, 2);
  EXPECT_EQ(draft.posts.size(), 5U);
  EXPECT_EQ(refused("need: 2 by 1h30", "need: {}").posts.size(), 4U);
}

// Every value at its utmost, as the check lets it pass today.
TEST(Read, TakesValuesAtTheirUtmost) {
  std::string text = "format: 1\nid: " + std::string(64, 'a') + "\ntitle: " + std::string(60, 't') +
                     "\nrevision: " + std::string(30, 'r') +
                     "\nsite: {code: ABCDEF789, name: " + std::string(80, 's') + "}\nshifts:\n";
  for (int i = 0; i < 16; ++i)
    text += fmt::format("  - {{id: s{0}, from: {0}h, until: {1}h}}\n", i, i == 15 ? 168 : i + 1);
  text += "areas:\n  - {id: a, priority: 9, report_to: " + std::string(120, 'x') +
          ", lead: r, posts: [{role: r, minimum: 500, need: \"";
  for (int i = 0; i < 8; ++i)
    text += fmt::format("{}{} by {}min", i == 0 ? "" : " then ", 493 + i, 52 + i);
  text +=
      "\"}]}\nholding: [{id: h, report_to: x, capacity: 10000}]\n"
      "cascade: {answer_window: {1: 1min, default: 24h}, reminders: 5, channels: [phone]}\n"
      "limits: {confidence: {1: 50%, default: 99.8%}, prompts_per_hour: 120, prompt_window: "
      "60min,\n"
      "  rest: {between_shifts: 24h, longest_shift: 24h, week: 168h, after_nights: 168h}}\n"
      "retention: {keep: 36500d, devices: 365d}\n";
  document::Findings findings;
  const auto book = load(text, findings);
  for (const auto& finding : findings.sorted())
    EXPECT_EQ(finding.severity, document::Severity::warning) << to_text(finding);
  ASSERT_TRUE(book.has_value());
  EXPECT_EQ(book->id.size() + book->title.size() + book->revision.size(), 154U);
  EXPECT_EQ(book->site.name.size() + book->site.code.size(), 89U);
  ASSERT_EQ(book->shifts.size(), 16U);
  EXPECT_EQ(book->shifts[15].until, kHorizon);
  ASSERT_EQ(book->posts.size(), 1U);
  EXPECT_EQ(book->posts[0].needs.size(), 8U);
  EXPECT_EQ(book->posts[0].minimum, 500);
  EXPECT_EQ(book->posts[0].priority, 9);
  EXPECT_EQ(book->holding_areas[0].capacity, 10000);
  EXPECT_EQ(book->cascade.answer_window(1), Minutes{1});
  EXPECT_EQ(book->cascade.answer_window(2), Minutes{24 * 60});
  EXPECT_EQ(book->cascade.reminders, 5);
  EXPECT_DOUBLE_EQ(book->limits.confidence(1), 0.5);
  EXPECT_DOUBLE_EQ(book->limits.confidence(2), 0.998);
  EXPECT_EQ(book->limits.prompts_per_hour, 120);
  EXPECT_EQ(book->limits.prompt_window, Minutes{60});
  EXPECT_EQ(book->limits.rest.between_shifts + book->limits.rest.longest_shift, Minutes{48 * 60});
  EXPECT_EQ(book->limits.rest.week + book->limits.rest.after_nights, Minutes{336 * 60});
  EXPECT_EQ(book->retention.days, 36500);
  EXPECT_EQ(book->retention.device_days, 365);
}

}  // namespace
}  // namespace tocsin::playbook
