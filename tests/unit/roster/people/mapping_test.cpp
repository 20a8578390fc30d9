#include "roster/people/mapping.h"

#include <gtest/gtest.h>

#include "roster/people/people_fields.h"

namespace tocsin::roster {
namespace {

const std::vector<Field> kFields = {
    {"id", {"Number", "ID"}, Presence::required, Width::one},
    {"name", {"Name", "First+Last"}, Presence::optional, Width::one},
    {"skills", {"Skill", "Skills"}, Presence::optional, Width::several},
};

std::vector<std::string> faults(std::string_view yaml, Mapping* mapping = nullptr) {
  document::Findings findings;
  Mapping read = parse_mapping(yaml, "map.yaml", kFields, findings);
  if (mapping != nullptr) *mapping = std::move(read);
  std::vector<std::string> out;
  for (const document::Finding& finding : findings.sorted()) out.push_back(finding.message);
  return out;
}

// The columns of a field in a table with this header; -1 first when there are faults.
std::vector<int> columns(std::string_view header, const Mapping& mapping, std::string_view field) {
  document::Findings findings;
  const auto table = document::parse_csv(std::string{header} + "\n1\n", "staff.csv", findings);
  document::Findings of_columns;
  const Columns found{*table, mapping, kFields, of_columns};
  std::vector<int> out;
  if (of_columns.has_errors()) out.push_back(-1);
  for (const std::size_t at : found.of(field)) out.push_back(static_cast<int>(at));
  EXPECT_EQ(found.first(field),
            found.of(field).empty() ? std::nullopt : std::optional{found.of(field).front()});
  return out;
}

TEST(MappingTest, AUsualHeadingIsKnownHoweverItIsWritten) {
  for (const char* heading : {"ID", "id", " Id ", "I.D.", "i_d"})
    EXPECT_EQ(columns(std::string{"x,"} + heading, {}, "id"), std::vector{1}) << heading;
  EXPECT_EQ(columns("ID,Number", {}, "id"), std::vector{1});  // the first of its headings
  EXPECT_EQ(columns("ID,Last,First", {}, "name"), (std::vector{2, 1}));
  EXPECT_EQ(columns("ID,Last", {}, "name"), std::vector<int>{});  // half a name is none
  EXPECT_EQ(columns("Skills,ID,Skill", {}, "skills"), (std::vector{2, 0}));
  EXPECT_EQ(columns("Name", {}, "id"), std::vector{-1});
  EXPECT_EQ(columns("ID,Name,NAME", {}, "name"), (std::vector{-1, 1}));
  EXPECT_EQ(columns("ID,Other,Other", {}, "id"), std::vector{0});  // nobody reads those
}

TEST(MappingTest, ColumnsThatAreNotReadAreNamed) {
  Mapping mapping;
  ASSERT_TRUE(mapping.add_flag("name=Given", kFields));
  const auto warned = [&](std::string_view header) {
    document::Findings of_table;
    const auto table = document::parse_csv(std::string{header} + "\n1\n", "staff.csv", of_table);
    document::Findings findings;
    const Columns found{*table, mapping, kFields, findings};
    EXPECT_FALSE(findings.has_errors());
    return findings.sorted();
  };
  EXPECT_TRUE(warned("ID,Given,Skill").empty());
  const auto found = warned("ID,Tel. No,Given,,Name");  // the flag names another column than Name
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].message.find("\"Tel. No\", \"Name\""), std::string::npos) << found[0].message;
  EXPECT_EQ(found[0].message.find("Given"), std::string::npos);
  EXPECT_EQ(found[0].column, 4);
}

TEST(MappingTest, WhatItNamesReplacesTheUsualHeadings) {
  Mapping mapping;
  ASSERT_TRUE(mapping.add_flag(" name = Given ", kFields));
  ASSERT_TRUE(mapping.add_flag("name=Family", kFields));
  EXPECT_EQ(columns("ID,Family,Given,Name", mapping, "name"), (std::vector{2, 1}));
  EXPECT_EQ(columns("ID,Family,Name", mapping, "name"), (std::vector{-1, 1}));
  // A flag overrides the file, whatever the file said.
  ASSERT_TRUE(faults("format: 1\ncolumns: {name: [A, B], id: C}\n", &mapping).empty());
  ASSERT_TRUE(mapping.add_flag("name=Given", kFields));
  EXPECT_EQ(mapping.columns["name"], std::vector<std::string>{"Given"});
  EXPECT_EQ(mapping.columns["id"], std::vector<std::string>{"C"});
}

TEST(MappingTest, AWordIsTranslatedByItsCanonicalForm) {
  Mapping mapping;
  ASSERT_TRUE(
      faults("format: 1\nwords: {skills: {\"A.L.S. (adult)\": als, B: b/c}}\n", &mapping).empty());
  EXPECT_EQ(mapping.word("skills", "a.l.s. ADULT"), "als");
  EXPECT_EQ(mapping.word("skills", "Trauma Nursing"), "trauma-nursing");
  EXPECT_EQ(mapping.word("name", "b"), "b");  // of another field
}

TEST(MappingTest, EveryFaultOfItsFileIsNamed) {
  EXPECT_TRUE(faults("format: 1\n").empty());
  for (const char* yaml :
       {"", "format: 2\n", "columns: {id: C}\n", "format: 1\ncolumns: {who: C}\n",
        "format: 1\ncolumns: {id: {a: b}}\n", "format: 1\nwords: {skills: als}\n",
        "format: 1\nwords: {skills: {A: Not A Word}}\n", "format: 1\nwords: {skills: {\"!\": a}}\n",
        "format: 1\ncountry: \"+044\"\n", "format: 1\ncountry: \"+1234\"\n",
        "format: 1\ncountry: \"4+4\"\n", "format: 1\ncountry: \"\"\n", "format: 1\nother: 1\n",
        "[format, 1]\n"})
    EXPECT_EQ(faults(yaml).size(), 1U) << yaml;
  EXPECT_EQ(faults("format: 1\ncountry: x\ncolumns: {who: C}\nwords: {that: {}}\n").size(), 3U);
  for (const auto& [text, country] :
       std::map<std::string, std::string>{{"+353", "353"}, {"1", "1"}, {"\"+44\"", "44"}}) {
    Mapping mapping;
    EXPECT_TRUE(faults("format: 1\ncountry: " + text + "\n", &mapping).empty()) << text;
    EXPECT_EQ(mapping.country, country);
  }
}

TEST(MappingTest, AMisspeltKeyIsNamedWithWhatWasMeant) {
  document::Findings findings;
  parse_mapping("format: 1\ncolums:\n  id: Number\n", "map.yaml", people_fields(), findings);
  ASSERT_EQ(findings.errors(), 1u);
  EXPECT_EQ(findings.sorted()[0].hint, "did you mean \"columns\"?");
}

TEST(MappingTest, AFlagNamesAKnownFieldAndAHeading) {
  Mapping mapping;
  for (const char* flag : {"nonsense=Name", "name", "name=", "=Name", "", "name= "})
    EXPECT_FALSE(mapping.add_flag(flag, kFields)) << flag;
  EXPECT_TRUE(mapping.columns.empty());
}

}  // namespace
}  // namespace tocsin::roster
