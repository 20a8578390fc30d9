// A small sound playbook with every key, and a function that breaks it in one place and checks
// where the fault is reported.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "document/finding.h"
#include "playbook/judging/judge.h"
#include "playbook/reading/bounds.h"

namespace tocsin::playbook {

inline const std::string kSample = base::read_file("tests/playbooks/sample.yaml", kLargestPlaybook);

inline std::optional<Playbook> load(std::string_view text, document::Findings& findings,
                                    const RosterWords* roster = nullptr) {
  return read_sound_playbook(text, "a.yaml", findings, roster);
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
