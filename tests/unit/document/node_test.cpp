#include "document/node.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "document/yaml.h"

namespace tocsin::document {
namespace {

std::unique_ptr<const Document> parsed(std::string_view text) {
  Findings findings;
  auto document = parse_yaml(text, "plan.yaml", findings);
  EXPECT_FALSE(findings.has_errors());
  return document;
}

TEST(Nodes, EntriesOfOtherKindsAreEmpty) {
  Findings findings;
  const auto document = parse_yaml("a: b\n", "a.yaml", findings);
  const Node value = *document->root().find("a");
  EXPECT_EQ(value.size(), 0U);
  for (const Node item : value.items()) FAIL() << item.text();
  for (const Entry entry : value.entries()) FAIL() << entry.key.text();
  EXPECT_FALSE(document->root().find("b").has_value());
  EXPECT_EQ(document->root().size(), 1U);
}

TEST(Nodes, StandInTheOrderOfTheFileHoweverDeepTheirNeighboursAre) {
  const auto document = parsed(
      "z: [1, [2, [3, {a: 4}]], 5]\n"
      "a:\n"
      "  deep: {er: {and: [deeper, {still: x}]}}\n"
      "  flat: y\n"
      "m:\n");
  std::vector<std::string> keys;
  for (const auto [key, value] : document->root().entries()) keys.emplace_back(key.text());
  EXPECT_EQ(keys, (std::vector<std::string>{"z", "a", "m"}));
  std::vector<std::string> items;
  for (const Node item : document->root().find("z")->items())
    items.push_back(item.is_scalar() ? std::string{item.text()} : std::to_string(item.size()));
  EXPECT_EQ(items, (std::vector<std::string>{"1", "2", "5"}));
  EXPECT_EQ(document->root().find("a")->find("flat")->text(), "y");
  EXPECT_EQ(document->root().find("a")->size(), 2U);
  EXPECT_TRUE(document->root().find("m")->is_null());
}

TEST(Nodes, KnowTheirFileAndWhetherTheyWereQuoted) {
  const auto document = parsed("a: 010\nb: \"010\"\nc: |\n  010\n");
  const Node a = *document->root().find("a");
  const Node b = *document->root().find("b");
  EXPECT_FALSE(a.quoted());
  EXPECT_TRUE(b.quoted());
  EXPECT_TRUE(document->root().find("c")->quoted());
  EXPECT_EQ(a.text(), "010") << "no number is made of it";
  EXPECT_EQ(b.place().file, "plan.yaml");
  EXPECT_EQ(b.place().line, 2);
  EXPECT_EQ(b.place().column, 4);
  EXPECT_EQ(document->file(), "plan.yaml");
}

}  // namespace
}  // namespace tocsin::document
