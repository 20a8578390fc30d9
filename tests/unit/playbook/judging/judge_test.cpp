#include <gtest/gtest.h>

#include "base/clock.h"
#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(Judge, ReportsEveryFaultAtOnceInOrder) {
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

TEST(Judge, DuplicateKeysAreFaultsOfThePlaybook) {
  expect_error("title: Sample incident", "title: Sample incident\n@@title: Other", "duplicate key");
}

TEST(Judge, NeverThrowsOverWhatIsMissing) {
  for (const std::string_view key : {"shifts:", "areas:", "holding:", "cascade:", "limits:"}) {
    document::Findings findings;
    EXPECT_FALSE(load(replaced(kSample, key, "gone:"), findings).has_value());
  }
}

TEST(Judge, Header) {
  expect_error("id: sample", "id: @@Sample 1", "not a name", "\"sample-1\"");
  expect_error("code: ZZ999", "code: @@zz-9", "not an ODS code");
  expect_error("title: Sample incident", "title: @@[Sample]", "expected text, not a list");
  expect_error("site: {code: ZZ999, name: St Bride's}", "site: @@ZZ999", "the site is expected");
  expect_error("retention: {keep: 90d, legal_hold: true}", "retention: {@@kepp: 90d}",
               "unknown key \"kepp\"", "did you mean \"keep\"");
  expect_error("legal_hold: true", "legal_hold: @@yes", "true or false");
  expect_error("keep: 90d", "keep: @@90", "such as 90d");
}

TEST(Judge, Switchboard) {
  const std::string site = "site: {code: ZZ999, name: St Bride's";
  for (const char* number : {"\"020 7946 0000\"", "\"+44 20 7946 0000\"", "999"}) {
    document::Findings findings;
    const auto book = load(replaced(kSample, site, site + ", switchboard: " + number), findings);
    EXPECT_TRUE(book && !book->site.switchboard.empty()) << number;
  }
  for (const char* number : {"\"ask Ana\"", "\"12\"", "\"020-7946\"", "\"44+20\"", "\"tel:999\""})
    expect_error(site, site + ", switchboard: @@" + number, "no telephone number");
}

TEST(Judge, TakesTimeInProportion) {
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
  EXPECT_LT(watch.seconds(), 20);  // with sanitizers, on a slow and busy machine
}

TEST(Judge, HostileNamesCostNoMoreThanHalfASecondEach) {
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
  EXPECT_LT(watch.seconds(), 60);  // with sanitizers, on a slow and busy machine
}

}  // namespace
}  // namespace tocsin::playbook
