#include "document/yaml.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "base/clock.h"
#include "unit/document/described.h"

namespace tocsin::document {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// The one finding of a text that has no tree.
Finding refusal(std::string_view text, Limits limits = {}) {
  Findings findings;
  const auto document = parse_yaml(text, "a.yaml", findings, limits);
  EXPECT_EQ(document, nullptr);
  EXPECT_EQ(findings.errors(), 1U);
  const auto all = findings.sorted();
  return all.empty() ? Finding{} : all.front();
}

void expect_at(const Finding& finding, int line, int column, std::string_view words) {
  EXPECT_EQ(finding.line, line) << finding.message;
  EXPECT_EQ(finding.column, column) << finding.message;
  EXPECT_NE(finding.message.find(words), std::string::npos) << finding.message;
  EXPECT_EQ(finding.file, "a.yaml");
}

TEST(Yaml, RemembersWhereEverythingStood) {
  EXPECT_EQ(described("a: 1\n"
                      "b:\n"
                      "  - x\n"
                      "  - \"010\"\n"
                      "  - {c: , d: [e]}\n"),
            "1:1 mapping\n"
            " 1:1 scalar a\n"
            "  1:4 scalar 1\n"
            " 2:1 scalar b\n"
            "  3:3 sequence\n"
            "   3:5 scalar x\n"
            "   4:5 scalar '010\n"
            "   5:5 mapping\n"
            "    5:6 scalar c\n"
            "     5:9 null\n"
            "    5:11 scalar d\n"
            "     5:14 sequence\n"
            "      5:15 scalar e\n");
}

TEST(Yaml, ColumnsCountCharacters) {
  EXPECT_EQ(described("\xc3\xa9\xc3\xa9: {\xe2\x82\xac: x}\n"),
            "1:1 mapping\n"
            " 1:1 scalar \xc3\xa9\xc3\xa9\n"
            "  1:5 mapping\n"
            "   1:6 scalar \xe2\x82\xac\n"
            "    1:9 scalar x\n");
}

TEST(Yaml, ReadsBomAndCrlfAsUsual) {
  const std::string plain = "a: 1\nb:\n  - c\n";
  EXPECT_EQ(described("\xef\xbb\xbf"
                      "a: 1\r\nb:\r\n  - c\r\n"),
            described(plain));
}

TEST(Yaml, FlowStyleThatIsNotJsonIsYaml) {
  EXPECT_EQ(described("{a: b}"), "1:1 mapping\n 1:2 scalar a\n  1:5 scalar b\n");
}

TEST(Yaml, FindsTheFirstOfDuplicateKeysAndReportsTheOthers) {
  Findings findings;
  const auto document = parse_yaml("a: 1\nb: 2\na: 3\n\"a\": 4\n", "a.yaml", findings);
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->root().find("a")->text(), "1");
  ASSERT_EQ(findings.errors(), 2U);
  expect_at(findings.sorted()[0], 3, 1, "duplicate key \"a\"");
  expect_at(findings.sorted()[1], 4, 1, "duplicate key \"a\"");
}

TEST(Yaml, RefusesWhatItDoesNotTrust) {
  expect_at(refusal("a: &x b\n"), 1, 4, "anchor");
  expect_at(refusal("a: &x [*x]\n"), 1, 4, "anchor");
  expect_at(refusal("a: b\nc: !!int 3\n"), 2, 4, "tag");
  expect_at(refusal("a: b\n---\nc: d\n"), 2, 1, "second document");
  expect_at(refusal("? [a]\n: b\n"), 1, 3, "key must be a word");
  expect_at(refusal(": b\n"), 1, 1, "key is missing");
  expect_at(refusal(""), 1, 1, "empty");
  expect_at(refusal(" \n\t\n"), 1, 1, "empty");
  expect_at(refusal("# only this\n"), 1, 1, "says nothing");
  expect_at(refusal("a: b\nc: \xff\n"), 2, 4, "not UTF-8");
  expect_at(refusal(std::string_view{"a: b\n\0", 6}), 2, 1, "NUL");
  expect_at(refusal("a: \"x\\0y\"\n"), 1, 4, "NUL");
  expect_at(refusal("{\"a\": \"\\u0000\"}"), 1, 7, "NUL");
  expect_at(refusal("a: \x1b[31m\n"), 1, 4, "control character");
  expect_at(refusal("a: b\rc: d\n"), 1, 5, "control character");
  expect_at(refusal("a: x\xe2\x80\xaey\n"), 1, 5, "control character");
  expect_at(refusal("a: b: c\n"), 1, 5, "not YAML");
  expect_at(refusal("{\"a\": 1,, }"), 1, 9, "not JSON");
  expect_at(refusal("[1, 2"), 1, 6, "not JSON");
}

TEST(Yaml, AnAliasIsNamedAlsoWithoutItsAnchor) {
  expect_at(refusal("a: b\nrest:\n  <<: *base\n"), 3, 7, "an alias (*name)");
  EXPECT_NE(refusal("a: *b\n").hint.find("write it out"), std::string::npos);
}

TEST(Yaml, SaysThatAKeyIsTooLong) {
  const Finding found = refusal(std::string(2000, 'k') + ": 1\na: b\n");
  EXPECT_EQ(found.line, 1);
  EXPECT_EQ(found.hint, "a key has at most 1024 characters");
}

// What YAML 1.1 reads as a truth, a number or a time of the day is the text that stands there.
TEST(Yaml, TextStaysText) {
  for (const char* text : {"no",    "No",    "NO",   "yes", "Y",          "n",    "on",   "off",
                           "true",  "22:30", "1:30", "010", "0o17",       "0x1F", "1.10", "1_000",
                           "1E307", ".8",    "+353", "-1",  "2026-11-22", ".inf", "=",    "1e3"}) {
    Findings findings;
    const auto document = parse_yaml(fmt::format("{}: {}\n", text, text), "a.yaml", findings);
    ASSERT_TRUE(document && !findings.has_errors()) << text;
    for (const auto [key, value] : document->root().entries()) {
      EXPECT_EQ(key.text(), text);
      EXPECT_EQ(value.text(), text);
    }
  }
}

TEST(Yaml, SaysThatTabsDoNotIndent) {
  EXPECT_NE(refusal("a:\n\tb: 1\n").hint.find("tabs"), std::string::npos);
}

TEST(Yaml, CapsSize) {
  expect_at(refusal("a: " + std::string(100, 'x'), {.size_bytes = 102}), 1, 1, "103 bytes");
}

TEST(Yaml, CapsDepthExactly) {
  const auto nested = [](std::size_t depth) { return repeat("[", depth) + repeat("]", depth); };
  Findings findings;
  EXPECT_NE(parse_yaml(nested(32), "a.yaml", findings), nullptr);
  EXPECT_NE(parse_yaml("a: " + nested(31), "a.yaml", findings), nullptr);
  EXPECT_EQ(findings.errors(), 0U);
  expect_at(refusal(nested(33)), 1, 33, "nested more than 32");
  expect_at(refusal("a: " + nested(32)), 1, 35, "nested more than 32");
}

TEST(Yaml, StopsEarlyOnBombs) {
  const std::string bombs[] = {
      repeat("[", 1'000'000),
      "a: " + repeat("[", 1'000'000),
      "a: " + repeat("{", 1'000'000),
      "a: " + repeat("[a,", 300'000),
      repeat("[ #]\n", 200'000),
      "a: " + repeat("[ #]\n", 200'000),
      repeat("{\"a\":", 100'000),
      repeat("- ", 100'000),
      repeat("? ", 100'000),
      repeat("&a ", 300'000),
      repeat("!", 900'000),
      "a: \"" + std::string(1'000'000, 'x'),
      "a: |\n" + repeat(" x\n", 300'000),
  };
  for (const std::string& bomb : bombs) {
    const base::Stopwatch watch;
    Findings findings;
    EXPECT_EQ(parse_yaml(bomb, "a.yaml", findings), nullptr) << bomb.substr(0, 20);
    EXPECT_EQ(findings.errors(), 1U) << bomb.substr(0, 20);
    // With sanitizers, on a slow and busy machine. Without either each takes less than 0.1 s.
    EXPECT_LT(watch.seconds(), 10) << bomb.substr(0, 20);
  }
}

}  // namespace
}  // namespace tocsin::document
