#include "playbook/load.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "sample.h"

namespace tocsin::playbook {
namespace {

using base::Minutes;

// All that the sample says, read by the tests below.
class LoadSample : public testing::Test {
 protected:
  void SetUp() override {
    document::Findings findings;
    book = load(kSample, findings);
    for (const auto& finding : findings.sorted()) ADD_FAILURE() << to_text(finding);
    ASSERT_TRUE(book.has_value());
  }
  std::optional<Playbook> book;
};

TEST_F(LoadSample, SaysWhatItIsAndWhere) {
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

TEST_F(LoadSample, SaysWhichPostsThereAre) {
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

TEST_F(LoadSample, SaysHowPeopleAreAsked) {
  const Cascade& cascade = book->cascade;
  ASSERT_EQ(cascade.key_roles.size(), 2U);
  EXPECT_EQ(cascade.key_roles[0].post, book->posts[0].id);
  EXPECT_EQ(cascade.key_roles[0].deputies, std::vector{RoleId{"surgical-consultant"}});
  EXPECT_EQ(cascade.channels.size(), 3U);
  EXPECT_EQ(cascade.answer_window(1), Minutes{5});
  EXPECT_EQ(cascade.answer_window(2), Minutes{15});
  EXPECT_EQ(cascade.reminders, 2);
}

TEST_F(LoadSample, SaysItsLimits) {
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

TEST_F(LoadSample, SaysItsWordsAndHowLongItKeeps) {
  EXPECT_EQ(book->messages.code_word, "Larkspur");
  EXPECT_EQ(book->retention.days, 90);
  EXPECT_TRUE(book->retention.legal_hold);
}

TEST(Load, NeedsLittle) {
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

TEST(Load, ReportsEveryFaultAtOnceInOrder) {
  std::string text = replaced(kSample, "format: 1", "format: 2");
  text = replaced(text, "title: Sample incident", "titel: Sample incident");
  text = replaced(text, "lead: team-leader", "lead: team-loader");
  text = replaced(text, "reminders: 2", "reminders: 02");
  text = replaced(text, "phone]", "fone]");
  document::Findings findings;
  EXPECT_FALSE(load(text, findings).has_value());
  std::vector<std::string> said;
  for (const auto& finding : findings.sorted()) said.push_back(to_text(finding));
  EXPECT_EQ(said, (std::vector<std::string>{
                      "a.yaml:1:1: error: \"title\" is missing from the playbook",
                      "a.yaml:1:9: error: format 2 is not known to this version",
                      "a.yaml:3:1: error: unknown key \"titel\" in the playbook",
                      "a.yaml:14:11: error: resus has no role \"team-loader\"",
                      "a.yaml:44:13: warning: the last channel is not phone",
                      "a.yaml:44:26: error: no channel is called \"fone\"",
                      "a.yaml:47:14: error: expected a whole number from 0 to 5, not \"02\"",
                  }));
}

TEST(Load, DuplicateKeysAreFaultsOfThePlaybook) {
  expect_error("title: Sample incident", "title: Sample incident\n@@title: Other", "duplicate key");
}

TEST(Load, NeverThrowsOverWhatIsMissing) {
  for (const std::string_view key : {"shifts:", "areas:", "holding:", "cascade:", "limits:"}) {
    document::Findings findings;
    EXPECT_FALSE(load(replaced(kSample, key, "gone:"), findings).has_value());
  }
}

TEST(Load, Header) {
  expect_error("id: sample", "id: @@Sample 1", "not a name", "\"sample-1\"");
  expect_error("code: ZZ999", "code: @@zz-9", "not an ODS code");
  expect_error("title: Sample incident", "title: @@[Sample]", "expected text, not a list");
  expect_error("site: {code: ZZ999, name: St Bride's}", "site: @@ZZ999", "the site is expected");
  expect_error("retention: {keep: 90d, legal_hold: true}", "retention: {@@kepp: 90d}",
               "unknown key \"kepp\"", "did you mean \"keep\"");
  expect_error("legal_hold: true", "legal_hold: @@yes", "true or false");
  expect_error("keep: 90d", "keep: @@90", "such as 90d");
}

TEST(Load, Shifts) {
  expect_error("from: 0,", "from: @@5min,", "begins with the declaration");
  expect_error("until: 16h", "until: @@7h", "ends before it begins");
  expect_error("from: 8h", "from: @@7h", "before response ends");
  expect_warning("until: 8h}\n  - {id: relief, title: Relief, from: 8h,",
                 "until: 7h}\n  - {id: relief, title: Relief, from: @@8h,",
                 "no shift between 7 h and 8 h");
  expect_error("until: 16h}", "until: 16h}\n  - {id: @@response, from: 16h, until: 20h}",
               "duplicate id \"response\"", "line 7");
  expect_error("until: 8h}", "until: @@010}", "expected a time", "leading zero");
  expect_error("until: 16h", "until: @@200h", "longer than");
}

TEST(Load, Areas) {
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

TEST(Load, AreasStandInOrderOfPriority) {
  std::string text = replaced(kSample, "priority: 1", "priority: 3");
  document::Findings findings;
  EXPECT_FALSE(load(text, findings).has_value());
  EXPECT_EQ(to_text(findings.sorted()[0]), "a.yaml:30:15: error: priority 2 below priority 3");
}

TEST(Load, Posts) {
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

TEST(Load, Needs) {
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

TEST(Load, Roster) {
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

TEST(Load, Cascade) {
  expect_error("post: resus/team-leader", "post: @@resus/team-leder", "no post is called",
               "did you mean \"resus/team-leader\"");
  expect_error("post: wards/nurse", "post: @@resus/team-leader", "a key role already");
  expect_error("deputies: [surgical-consultant]", "deputies: [@@trauma-consultant]",
               "their own deputy");
  expect_warning("- {post: wards/nurse, on_call: matron}", "- @@{post: wards/nurse}",
                 "without anybody on call");
  expect_error("[relay, sms, phone]", "[relay, @@smss, phone]", "no channel is called",
               "did you mean \"sms\"");
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

TEST(Load, DeputiesThatWaitForEachOther) {
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

TEST(Load, Limits) {
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

TEST(Load, MessagesSayWhatTheyMust) {
  const std::string_view request = R"("{kind}: come as {role}, {area}, {report_to}, by {by}.")";
  expect_error(request, R"(@@"{kind}: {rol} {report_to} {by}")", "unknown field {rol}",
               "did you mean \"role\"");
  expect_error(request, R"(@@"{kind}: {report_to} by {by")", "bracket without its partner");
  expect_error(request, R"(@@"come to {report_to} by {by}")", "REAL or an EXERCISE", "{kind}");
  expect_warning(request, R"(@@"{kind}: come by {by}")", "where to report");
  expect_error(request, R"(@@"{kind}: {report_to} {by} {link}")", "{link} has no place");
  expect_error(R"("{code_word}: open {link}")", R"(@@"{code_word}: {link} in {area}")",
               "{area} has no place in a nudge");
  expect_error(R"("{code_word}: open {link}")", "@@open the page", "leads nowhere");
  expect_error(
      "code_word: Larkspur\nmessages:\n  en:\n    request: \"{kind}: come as {role}, "
      "{area}, {report_to}, by {by}.\"\n    nudge: ",
      "messages:\n  en:\n    nudge: @@", "none is agreed");
  expect_error("  en:\n", "  @@EN:\n", "not a language");
  expect_warning("    nudge:", "  cy:\n    @@nudge:", "not in \"cy\": standby, request");
}

TEST(Load, MessagesAreMeasuredWithTheirFieldsFilledIn) {
  // The four fields of the sample take at most 8 + 18 + 9 + 16 = 51 characters.
  const std::string_view request = R"("{kind}: come as {role}, {area}, {report_to}, by {by}.")";
  const std::string fields = "{kind}{role}{report_to}{by}";
  const auto message = [&](std::size_t padding) {
    return "\"" + fields + std::string(padding, '.') + "\"";
  };
  const std::size_t longest_report_to = std::string_view{"Site office"}.size();
  const std::size_t filled =
      8 + std::string_view{"Trauma team leader"}.size() + longest_report_to + 16;
  document::Findings findings;
  EXPECT_TRUE(load(replaced(kSample, request, message(480 - filled)), findings).has_value());
  expect_error(request, "@@" + message(481 - filled), "up to 481 characters");
}

TEST(Load, Patients) {
  expect_error("report_to: Red doors", "report_to: Bed of @@943 476 5919", "an NHS number");
  expect_error("report_to: Red doors", "report_to: \"Bed of @@9434765919\"", "an NHS number");
  expect_error("report_to: Red doors", "report_to: J Smith, @@12/03/1957", "a date of birth");
  expect_error("report_to: Red doors", "report_to: J Smith @@K1234567", "a hospital number");
  expect_error("report_to: Red doors", "report_to: Red doors  # as for @@943-476-5919",
               "an NHS number");
  expect_error("come as {role}", "about @@943 476 5919 {role}", "an NHS number");
}

TEST(Load, ContactPointsAndDatesOfPastIncidentsAreNotPatients) {
  document::Findings findings;
  std::string text = replaced(kSample, "Red doors", "Red doors, ring 020 7946 0123");
  text = replaced(text, "Site office", "Site office, ring +44 7700 900123  # as on 12 May 2017");
  EXPECT_TRUE(load(text, findings).has_value());
}

// tests/bench/program measures the check of a playbook of 2,000 lines. This bound holds for every
// build and finds only quadratic time.
TEST(Load, TakesTimeInProportion) {
  std::string text = kSample.substr(0, kSample.find("areas:")) + "areas:\n";
  for (int area = 0; area < 40; ++area) {
    text += "  - id: a" + std::to_string(area) +
            "\n    priority: 1\n    report_to: X\n    lead: r0\n    posts:\n";
    for (int role = 0; role < 15; ++role)
      text += "      - role: r" + std::to_string(role) + "\n        skills: [nurse, s" +
              std::to_string(role) + "]\n        need: 1 by 1h\n";
  }
  document::Findings findings;
  const base::Stopwatch watch;
  EXPECT_TRUE(load(text, findings).has_value());
  EXPECT_LT(watch.seconds(), 2.0);
}

TEST(Load, HostileNamesCostNoMoreThanHalfASecondEach) {
  // Every reference is unknown and similar to every name. The search for the nearest name must be
  // limited.
  std::string text = kSample.substr(0, kSample.find("areas:")) + "areas:\n";
  for (int area = 0; area < 6000; ++area)
    text += "- {id: abcdefghijklmnopqrstuvwxyz-" + std::to_string(area) +
            ", priority: 1, report_to: x, lead: abcdefghijklmnopqrstuvwxyz, posts: [{role: "
            "abcdefghijklmnopqrstuvwxyw, need: x}]}\n";
  document::Findings findings;
  const base::Stopwatch watch;
  EXPECT_FALSE(load(text, findings).has_value());
  EXPECT_LT(watch.seconds(), 5.0);
}

}  // namespace
}  // namespace tocsin::playbook
