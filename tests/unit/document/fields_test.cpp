#include "document/fields.h"

#include <gtest/gtest.h>

#include "base/fault.h"
#include "document/yaml.h"

namespace tocsin::document {
namespace {

// Reads the value of the key "v" with `read` and returns its findings.
template <class Read>
auto value_of(const std::string& value, Findings& findings, Read read) {
  const auto document = parse_yaml("v: " + value + "\n", "a.yaml", findings);
  return read(*document->root().find("v"), findings);
}

TEST(ReadCount, TakesOnlyPlainDecimalNumbers) {
  const auto read = [](const std::string& text) {
    Findings findings;
    const auto value = value_of(
        text, findings, [](Node node, Findings& out) { return read_count(node, out, 1, 500); });
    EXPECT_EQ(value.has_value(), !findings.has_errors()) << text;
    return value;
  };
  EXPECT_EQ(read("8"), 8);
  EXPECT_EQ(read("500"), 500);
  for (const char* wrong : {"0", "501", "010", "0x10", "0o10", "1_000", "+3", "-3", "3.0", "1e2",
                            "\"3\"", "three", "[3]", "{a: 3}", "~", "99999999999999999999", ".inf"})
    EXPECT_EQ(read(wrong), std::nullopt) << wrong;
}

TEST(ReadCount, NamesTheOctalTrap) {
  Findings findings;
  value_of("010", findings, [](Node node, Findings& out) { return read_count(node, out, 0, 99); });
  ASSERT_EQ(findings.errors(), 1U);
  const Finding finding = findings.sorted().front();
  EXPECT_EQ(finding.line, 1);
  EXPECT_EQ(finding.column, 4);
  EXPECT_NE(finding.hint.find("octal"), std::string::npos);
}

TEST(ReadShare, TakesPercentAndFraction) {
  const auto read = [](const std::string& text) {
    Findings findings;
    return value_of(text, findings, [](Node node, Findings& out) { return read_share(node, out); });
  };
  EXPECT_DOUBLE_EQ(*read("60%"), 0.6);
  EXPECT_DOUBLE_EQ(*read("99.5 %"), 0.995);
  EXPECT_DOUBLE_EQ(*read("0.6"), 0.6);
  EXPECT_DOUBLE_EQ(*read("1"), 1.0);
  for (const char* wrong :
       {"101%", "1.01", "-1%", "060%", ".6", "1.", "nan", "60", "6e-1", "\"%\""})
    EXPECT_EQ(read(wrong), std::nullopt) << wrong;
}

TEST(ReadMinutes, TakesTheSpellingsOfPlaybooks) {
  const auto read = [](const std::string& text) {
    Findings findings;
    return value_of(text, findings, [](Node node, Findings& out) {
      return read_minutes(node, out, base::Minutes{24 * 60});
    });
  };
  EXPECT_EQ(read("25"), base::Minutes{25});
  EXPECT_EQ(read("25min"), base::Minutes{25});
  EXPECT_EQ(read("25 min"), base::Minutes{25});
  EXPECT_EQ(read("8 h"), base::Minutes{480});
  EXPECT_EQ(read("1h30"), base::Minutes{90});
  for (const char* wrong : {"025", "-5", "25 m in", "1:30", "25h", "soon", "25s"})
    EXPECT_EQ(read(wrong), std::nullopt) << wrong;
}

TEST(ReadDays, TakesDaysOnly) {
  const auto read = [](const std::string& text) {
    Findings findings;
    return value_of(text, findings,
                    [](Node node, Findings& out) { return read_days(node, out, 1, 100); });
  };
  EXPECT_EQ(read("90d"), 90);
  for (const char* wrong : {"90", "0d", "101d", "090d", "2w", "d"})
    EXPECT_EQ(read(wrong), std::nullopt) << wrong;
}

TEST(ReadBool, KnowsTwoWords) {
  const auto read = [](const std::string& text) {
    Findings findings;
    return value_of(text, findings, [](Node node, Findings& out) { return read_bool(node, out); });
  };
  EXPECT_EQ(read("true"), true);
  EXPECT_EQ(read("false"), false);
  for (const char* wrong : {"yes", "no", "on", "True", "1", "\"true\""})
    EXPECT_EQ(read(wrong), std::nullopt) << wrong;
}

TEST(ReadId, SaysHowItCouldBeSpelt) {
  Findings findings;
  const auto id = value_of("Team Leader", findings,
                           [](Node node, Findings& out) { return read_id(node, out); });
  EXPECT_EQ(id, std::nullopt);
  EXPECT_NE(findings.sorted().front().hint.find("\"team-leader\""), std::string::npos);
  Findings none;
  EXPECT_EQ(value_of("als/ils", none,
                     [](Node node, Findings& out) { return read_id(node, out, kWordMarks); }),
            "als/ils");
  EXPECT_FALSE(none.has_errors());
}

TEST(Fields, ReportUnknownMissingAndEmptyKeysWithTheirPlace) {
  Findings findings;
  const auto document = parse_yaml("title: x\nroel: y\nneed:\n", "a.yaml", findings);
  Fields fields{document->root(), findings, "a post"};
  EXPECT_TRUE(fields.optional("title").has_value());
  EXPECT_FALSE(fields.required("role").has_value());
  EXPECT_FALSE(fields.required("need").has_value());
  fields.finish();
  const auto all = findings.sorted();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(to_text(all[0]), "a.yaml:1:1: error: \"role\" is missing from a post");
  EXPECT_EQ(to_text(all[1]), "a.yaml:2:1: error: unknown key \"roel\" in a post");
  EXPECT_EQ(all[1].hint, "did you mean \"role\"?");
  EXPECT_EQ(to_text(all[2]), "a.yaml:3:1: error: \"need\" has no value");
}

TEST(Fields, OfAScalarReportOnceAndAreEmpty) {
  Findings findings;
  const auto document = parse_yaml("just words\n", "a.yaml", findings);
  Fields fields{document->root(), findings, "a post"};
  EXPECT_FALSE(fields.required("role").has_value());
  fields.finish();
  EXPECT_EQ(findings.errors(), 1U);
}

TEST(Findings, BecomeOneFaultThatListsThem) {
  Findings findings;
  findings.warning({"a.yaml", 1, 1}, "only a warning");
  EXPECT_NO_THROW(findings.throw_if_errors("playbook"));
  findings.error({"a.yaml", 7, 3}, "second");
  findings.error({"a.yaml", 2, 5}, "first", "mend it");
  try {
    findings.throw_if_errors("playbook");
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::invalid);
    EXPECT_STREQ(fault.what(), "the playbook is not sound: a.yaml:2:5: first; a.yaml:7:3: second");
    EXPECT_EQ(fault.hint(), "mend it");
  }
}

}  // namespace
}  // namespace tocsin::document
