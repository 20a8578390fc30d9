#include "roster/people/contact_columns.h"

#include <gtest/gtest.h>

#include <string>

#include "roster/people/people_fields.h"

namespace tocsin::roster {
namespace {

struct Judged {
  std::vector<ContactColumn> columns;
  std::vector<document::Finding> findings;
  std::size_t errors = 0;
};

Judged judge(std::string_view text, Contacts contacts = Contacts::wanted,
             const Mapping& mapping = {}) {
  document::Findings findings;
  const auto table = document::parse_csv(text, "staff.csv", findings);
  document::Findings of_columns;
  const Columns columns{*table, mapping, people_fields(), of_columns};
  judge_contact_columns(*table, mapping, columns, contacts, findings);
  return {contact_columns(columns), findings.sorted(), findings.errors()};
}

TEST(ContactColumns, ComeInTheOrderOfTheFile) {
  const Judged got = judge("ID,Name,Role,Email,Mobile,Home Phone\n1,Ana,Nurse,,,\n");
  ASSERT_EQ(got.columns.size(), 3u);
  EXPECT_EQ(got.columns[0].column, 3u);
  EXPECT_EQ(got.columns[1].channels, (std::vector{ChannelId{"sms"}, ChannelId{"phone"}}));
  EXPECT_EQ(got.columns[2].channels, (std::vector{ChannelId{"phone"}}));
  EXPECT_TRUE(got.findings.empty());
}

// A list in which names were read and every telephone number was missed.
TEST(ContactColumns, NumbersUnderAnUnknownHeadingAreNotMissed) {
  const char* text =
      "ID,Name,Role,Best way to ring,Diet\n1,Ana,Nurse,07700 900123,none\n2,Ben,Nurse,,\n"
      "3,Cara,Nurse,07700 900124,vegan\n";
  const Judged got = judge(text);
  EXPECT_EQ(got.errors, 1u);
  ASSERT_EQ(got.findings.size(), 2u);
  EXPECT_EQ(got.findings[0].message,
            "row 1: no column says how to reach people, and some are not read");
  EXPECT_EQ(got.findings[1].message,
            "row 1: telephone numbers stand in the column \"Best way to ring\", which is not read");
  EXPECT_EQ(got.findings[1].hint, "--map phone=\"Best way to ring\"");
  EXPECT_EQ(judge(text, Contacts::may_be_missing).errors, 0u);
  Mapping mapping;
  ASSERT_TRUE(mapping.add_flag("phone=Best way to ring", people_fields()));
  EXPECT_TRUE(judge(text, Contacts::wanted, mapping).findings.empty());
}

TEST(ContactColumns, AFurtherUnreadOneIsAWarning) {
  const Judged got = judge("ID,Name,Role,Mobile,Private mail\n1,Ana,Nurse,07700 900123,a@b.org\n");
  EXPECT_EQ(got.errors, 0u);
  ASSERT_EQ(got.findings.size(), 1u);
  EXPECT_EQ(got.findings[0].hint, "--map email=\"Private mail\"");
}

TEST(ContactColumns, AListOfNamesAloneIsAWarning) {
  const Judged got = judge("ID,Name,Role\n1,Ana,Nurse\n");
  EXPECT_EQ(got.errors, 0u);
  ASSERT_EQ(got.findings.size(), 1u);
  EXPECT_EQ(got.findings[0].message, "row 1: no column says how to reach people");
  EXPECT_TRUE(judge("ID,Name,Role\n1,Ana,Nurse\n", Contacts::may_be_missing).findings.empty());
}

}  // namespace
}  // namespace tocsin::roster
