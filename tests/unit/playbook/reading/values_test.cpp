#include "playbook/reading/values.h"

#include <gtest/gtest.h>

#include <memory>

namespace tocsin::playbook {
namespace {

using base::Minutes;

std::unique_ptr<const document::Document> tree(std::string_view text) {
  document::Findings findings;
  return document::parse_yaml(text, "a", findings);
}

TEST(Values, AreNothingWhenTheyCannotBeRead) {
  const auto document = tree("{a: Some words, b: [1], c: ~, d: 12, e: 25min, f: 90d, g: true}");
  const Node top = document->root();
  EXPECT_EQ(text_of(top, "a"), "Some words");
  EXPECT_EQ(text_of(top, "b"), std::nullopt);
  EXPECT_FALSE(value_of(top, "c").has_value());
  EXPECT_FALSE(value_of(top, "z").has_value());
  EXPECT_FALSE(value_of(*value_of(top, "a"), "a").has_value());
  EXPECT_EQ(name_of(top, "a"), std::nullopt);
  EXPECT_EQ(count_of(top, "d", 1, 12), 12);
  EXPECT_EQ(count_of(top, "d", 1, 11), std::nullopt);
  EXPECT_EQ(minutes_of(top, "e", Minutes{0}, Minutes{25}), Minutes{25});
  EXPECT_EQ(minutes_of(top, "e", Minutes{26}, Minutes{60}), std::nullopt);
  EXPECT_EQ(days_of(top, "f", 90), 90);
  EXPECT_EQ(days_of(top, "d", 90), std::nullopt);
  EXPECT_EQ(bool_of(top, "g"), true);
  EXPECT_EQ(bool_of(top, "a"), std::nullopt);
}

TEST(Values, OfAListCountOnce) {
  const auto document = tree("{one: a, many: [a, b, a, X, [c]], odd: {a: b}}");
  const Node top = document->root();
  EXPECT_EQ(as_names(*value_of(top, "one")), std::vector<std::string>{"a"});
  EXPECT_EQ(as_names(*value_of(top, "many")), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(as_names(*value_of(top, "odd")).empty());
  EXPECT_EQ(as_items(*value_of(top, "many")).size(), 5U);
  EXPECT_EQ(as_items(*value_of(top, "one")).size(), 1U);
}

TEST(Values, AreTakenByKey) {
  const auto document = tree("{all: 60%, each: {1: 50%, x: 70%, default: 80%, 2: much}}");
  const Node top = document->root();
  const auto take = [&](std::string_view key) {
    std::string out;
    take_by_key<double>(
        *value_of(top, key), [](Node one) { return as_share(one); },
        [&](double share) { out += "default=" + std::to_string(share).substr(0, 3) + ";"; },
        [&](Node name, double share) {
          out += std::string{name.text()} + "=" + std::to_string(share).substr(0, 3) + ";";
        });
    return out;
  };
  EXPECT_EQ(take("all"), "default=0.6;");
  EXPECT_EQ(take("each"), "1=0.5;x=0.7;default=0.8;");
  const Node each = *value_of(top, "each");
  std::vector<bool> are_priorities;
  for (const auto entry : each.entries())
    are_priorities.push_back(as_priority(entry.key).has_value());
  EXPECT_EQ(are_priorities, (std::vector<bool>{true, false, false, true}));
}

}  // namespace
}  // namespace tocsin::playbook
