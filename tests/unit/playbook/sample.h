// A small sound playbook, and a function that breaks it in one place and checks where the fault is
// reported.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "document/finding.h"
#include "playbook/load.h"

namespace tocsin::playbook {

inline const std::string kSample = R"(format: 1
id: sample
title: Sample incident
revision: 2026-11-02
site: {code: ZZ999, name: St Bride's}
shifts:
  - {id: response, title: Response, from: 0, until: 8h}
  - {id: relief, title: Relief, from: 8h, until: 16h}
areas:
  - id: resus
    title: Resuscitation
    priority: 1
    report_to: Red doors
    lead: team-leader
    posts:
      - role: team-leader
        title: Trauma team leader
        staff_group: medical
        skills: [doctor, trauma]
        need: {response: 1 by 20min, relief: 1}
        minimum: 1
      - role: nurse
        skills: nurse
        any_of: [trauma, emergency]
        need:
          response: 3 by 20 min, 6 by 60 min
          relief: 4 by 8h then 5 by 9h
        minimum: {response: 4, relief: 2}
  - id: wards
    priority: 2
    report_to: Site office
    lead: nurse
    posts:
      - role: nurse
        skills: [nurse]
        need: 2 by 1h30
        priority: 3
holding:
  - {id: canteen, report_to: Canteen, capacity: 50, staff_groups: medical}
cascade:
  key_roles:
    - {post: resus/team-leader, on_call: trauma-consultant, deputies: [surgical-consultant]}
    - {post: wards/nurse, on_call: matron}
  channels: [relay, sms, phone]
  answer_window: {1: 5min, default: 15min}
  on_silence: [next-channel, deputy, phone-list]
  reminders: 2
limits:
  confidence: {1: 99%, 3: 75%}
  rest: {between_shifts: 10h, week: 60h}
  largest_share: {medical: 50%, default: 80%}
  on_duty_share: {theatres: 100%, default: 20%}
  prompts_per_hour: 6
  prompt_window: 10min
  unanswered: {gap: accept, rest_override: decline}
code_word: Larkspur
messages:
  en:
    request: "{kind}: come as {role}, {area}, {report_to}, by {by}."
    nudge: "{code_word}: open {link}"
retention: {keep: 90d, legal_hold: true}
)";

inline std::optional<Playbook> load(std::string_view text, document::Findings& findings,
                                    const RosterWords* roster = nullptr) {
  return load_playbook(text, "a.yaml", findings, roster);
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

// Replaces `from` in the sample by `to`, where "@@" marks the place of the only finding.
inline void expect_finding(document::Severity severity, std::string_view from, std::string_view to,
                           std::string_view message, std::string_view hint = {},
                           const RosterWords* roster = nullptr) {
  SCOPED_TRACE(to);
  std::string text = replaced(kSample, from, to);
  const auto mark = text.find("@@");
  ASSERT_NE(mark, std::string::npos);
  text.erase(mark, 2);
  const auto line_begin = text.rfind('\n', mark) + 1;  // npos + 1 is 0
  const auto line =
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(mark), '\n');
  document::Findings findings;
  const auto book = load(text, findings, roster);
  const auto all = findings.sorted();
  for (const auto& finding : all) SCOPED_TRACE(document::to_text(finding));
  ASSERT_EQ(all.size(), 1U) << (all.empty() ? "nothing found"
                                            : to_text(all[0]) + "\n" + to_text(all[1]));
  EXPECT_EQ(all[0].severity, severity);
  EXPECT_EQ(book.has_value(), severity == document::Severity::warning);
  EXPECT_EQ(all[0].line, line + 1) << to_text(all[0]);
  EXPECT_EQ(all[0].column, static_cast<int>(mark - line_begin) + 1) << to_text(all[0]);
  EXPECT_NE(all[0].message.find(message), std::string::npos) << to_text(all[0]);
  EXPECT_NE(all[0].hint.find(hint), std::string::npos) << all[0].hint;
}

inline void expect_error(std::string_view from, std::string_view to, std::string_view message,
                         std::string_view hint = {}, const RosterWords* roster = nullptr) {
  expect_finding(document::Severity::error, from, to, message, hint, roster);
}

inline void expect_warning(std::string_view from, std::string_view to, std::string_view message,
                           std::string_view hint = {}) {
  expect_finding(document::Severity::warning, from, to, message, hint);
}

}  // namespace tocsin::playbook
