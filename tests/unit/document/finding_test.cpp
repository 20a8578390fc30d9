#include "document/finding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "base/fault.h"
#include "base/random.h"
#include "base/text.h"

namespace tocsin::document {
namespace {

TEST(FindingsTest, AreSortedByFileAsFirstReportedThenByPlace) {
  base::SeededRandom random{6};
  const std::vector<std::string> files{"zebra.yaml", "alpha.csv", "mid.ics"};  // not by name
  Findings findings;
  std::vector<std::string> first_seen;
  for (int i = 0; i < 400; ++i) {
    const std::string& file = files[random.below(files.size())];
    if (std::find(first_seen.begin(), first_seen.end(), file) == first_seen.end())
      first_seen.push_back(file);
    findings.error(
        {file, 1 + static_cast<int>(random.below(9)), 1 + static_cast<int>(random.below(9))},
        std::to_string(i));
  }
  const auto sorted = findings.sorted();
  ASSERT_EQ(sorted.size(), 400u);
  const auto rank = [&](const Finding& finding) {
    return std::find(first_seen.begin(), first_seen.end(), finding.file) - first_seen.begin();
  };
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const Finding& a = sorted[i - 1];
    const Finding& b = sorted[i];
    const auto key = [&](const Finding& f) { return std::tuple{rank(f), f.line, f.column}; };
    ASSERT_LE(key(a), key(b));
    if (key(a) == key(b)) {
      ASSERT_LT(std::stoi(a.message), std::stoi(b.message)) << "as they were reported";
    }
  }
}

TEST(FindingsTest, AHostileFileFillsNoMemoryAndEveryFaultIsCounted) {
  Findings findings;
  for (std::size_t i = 0; i < Findings::kMost + 50; ++i) {
    EXPECT_EQ(findings.is_full(), i >= Findings::kMost);
    findings.error({"x", 1, 1}, "wrong");
  }
  findings.warning({"x", 1, 1}, "odd");
  EXPECT_EQ(findings.sorted().size(), Findings::kMost);
  EXPECT_EQ(findings.errors(), Findings::kMost + 50);
  EXPECT_EQ(findings.warnings(), 1u);
  Findings both;
  both.warning({"y", 1, 1}, "odd");
  both.append(findings);
  EXPECT_EQ(both.sorted().size(), Findings::kMost);
  EXPECT_EQ(both.errors(), Findings::kMost + 50);
  EXPECT_EQ(both.warnings(), 2u);
}

TEST(FindingsTest, ErrorsMakeOneFaultThatListsTheFirstTenAndHintsAtTheFirst) {
  Findings findings;
  findings.warning({"x.yaml", 1, 1}, "only odd", "not this hint");
  EXPECT_NO_THROW(findings.throw_if_errors("playbook"));
  for (int line = 14; line > 2; --line)
    findings.error({"x.yaml", line, 7}, "fault-" + std::to_string(line) + ".",
                   "hint-" + std::to_string(line));
  try {
    findings.throw_if_errors("playbook");
    FAIL() << "no fault";
  } catch (const base::Fault& fault) {
    const std::string what = fault.what();
    EXPECT_TRUE(what.starts_with("the playbook is not sound: x.yaml:3:7: fault-3.; x.yaml:4:7:"))
        << what;
    EXPECT_NE(what.find("fault-12."), std::string::npos);
    EXPECT_EQ(what.find("fault-13."), std::string::npos);
    EXPECT_TRUE(what.ends_with("; and 2 more")) << what;
    EXPECT_EQ(what.find("only odd"), std::string::npos);
    EXPECT_EQ(fault.exit(), base::Exit::invalid);
    EXPECT_EQ(fault.hint(), "hint-3");
  }
}

TEST(FindingsTest, WordsOfAFileAreMadePrintableAndShort) {
  EXPECT_EQ(shown("resus"), "resus");
  base::SeededRandom random{8};
  for (int round = 0; round < 500; ++round) {
    std::string hostile(random.below(400), ' ');
    for (char& c : hostile) c = static_cast<char>(random.below(256));
    const std::string fit = shown(hostile);
    EXPECT_LE(base::display_width(fit), 60u);
    for (const unsigned char c : fit) EXPECT_FALSE(c < 0x20 || c == 0x7f) << int{c};
  }
  EXPECT_EQ(to_text(Finding{"resus.yaml", 12, 5, Severity::error, "unknown key \"roel\"", "role"}),
            "resus.yaml:12:5: error: unknown key \"roel\"");
  EXPECT_EQ(to_text(Finding{"a", 1, 1, Severity::warning, "odd", ""}), "a:1:1: warning: odd");
}

}  // namespace
}  // namespace tocsin::document
