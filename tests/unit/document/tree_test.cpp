#include "document/tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"

namespace tocsin::document {
namespace {

std::string utf8(std::uint32_t point) {
  const auto low = [](std::uint32_t bits) { return static_cast<char>(0x80 | (bits & 0x3f)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xc0 | point >> 6), low(point)};
  if (point < 0x10000) return {static_cast<char>(0xe0 | point >> 12), low(point >> 6), low(point)};
  return {static_cast<char>(0xf0 | point >> 18), low(point >> 12), low(point >> 6), low(point)};
}

TEST(LineCounterTest, CountsCharactersOfEachLine) {
  base::SeededRandom random{3};
  for (int round = 0; round < 100; ++round) {
    std::string text;
    std::vector<std::pair<std::size_t, Position>> begins;  // of characters
    Position at;
    for (std::uint64_t left = random.below(60); left > 0; --left) {
      begins.emplace_back(text.size(), at);
      const std::uint32_t some[] = {'a', '\n', 0xeb, 0x20ac, 0x1f600};
      const std::uint32_t point = some[random.below(std::size(some))];
      text += utf8(point);
      at = point == '\n' ? Position{at.line + 1, 1} : Position{at.line, at.column + 1};
    }
    begins.emplace_back(text.size(), at);
    LineCounter counter{text};
    for (const auto& [offset, place] : begins) {
      if (random.chance(0.3)) continue;
      const Position found = counter.at(offset);
      ASSERT_EQ(std::pair(found.line, found.column), std::pair(place.line, place.column)) << text;
    }
    const Position end = counter.at(text.size() + 100);
    EXPECT_EQ(std::pair(end.line, end.column), std::pair(at.line, at.column)) << "past its end";
  }
}

// tocsin-playbook(5) forbids control characters; those that change the direction of writing are
// U+202A to U+202E and U+2066 to U+2069 (Unicode, UAX #9).
TEST(Forbidden, AreControlAndDirectionCharactersAlone) {
  for (std::uint32_t point = 0; point <= 0x10ffff; ++point) {
    if (point >= 0xd800 && point <= 0xdfff) continue;  // not characters
    if (point > 0x3000 && point % 7 != 0) continue;    // a sample of the rest
    const bool is_control = (point < 0x20 && point != '\n' && point != '\t') || point == 0x7f;
    const bool turns = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
    const auto found = find_forbidden("ab" + utf8(point) + "c");
    ASSERT_EQ(found.has_value(), is_control || turns) << point;
    if (found) {
      ASSERT_EQ(*found, 2U) << point;
    }
  }
  EXPECT_FALSE(find_forbidden("\xe2\x80")) << "half a character at the end";
  EXPECT_NE(name_of_forbidden('\0'), name_of_forbidden('\x1b'));
}

class TreeTest : public testing::Test {
 protected:
  std::string found() const {
    std::string all;
    for (const Finding& finding : findings_.sorted()) all += to_text(finding) + "\n";
    return all;
  }
  Findings findings_;
  TreeBuilder tree_{"plan.yaml", findings_, Limits{.depth = 3}};
};

TEST_F(TreeTest, NothingIsBuiltOfNothing) { EXPECT_EQ(tree_.finish(), nullptr); }

TEST_F(TreeTest, GoesAsDeepAsItMayAndNoDeeper) {
  EXPECT_TRUE(tree_.open(Kind::sequence, {1, 1}));
  EXPECT_TRUE(tree_.open(Kind::sequence, {1, 2}));
  EXPECT_TRUE(tree_.open(Kind::sequence, {1, 3}));
  EXPECT_FALSE(tree_.open(Kind::sequence, {1, 4}));
  EXPECT_EQ(found(), "plan.yaml:1:4: error: nested more than 3 deep\n");
  tree_.close();
  EXPECT_TRUE(tree_.open(Kind::mapping, {2, 1})) << "beside it there is room";
}

TEST_F(TreeTest, AKeyIsAWord) {
  tree_.open(Kind::mapping, {1, 1});
  EXPECT_FALSE(tree_.open(Kind::sequence, {1, 2}));
  EXPECT_FALSE(tree_.null({1, 3}));
  EXPECT_TRUE(tree_.scalar("a", false, {2, 1}));
  EXPECT_TRUE(tree_.null({2, 4})) << "a value may be missing";
  EXPECT_EQ(found(),
            "plan.yaml:1:2: error: a key must be a word, not a list or a mapping\n"
            "plan.yaml:1:3: error: a key is missing before this \":\"\n");
}

TEST_F(TreeTest, EachFurtherUseOfAKeyIsNamedAndTheFirstStays) {
  tree_.open(Kind::mapping, {1, 1});
  for (const auto& [key, line] :
       {std::pair{"b", 1U}, {"a", 2U}, {"b", 3U}, {"c", 4U}, {"b", 5U}, {"a", 6U}}) {
    tree_.scalar(key, false, {line, 1});
    tree_.scalar(std::to_string(line), false, {line, 4});
  }
  tree_.close();
  EXPECT_EQ(found(),
            "plan.yaml:3:1: error: duplicate key \"b\"\n"
            "plan.yaml:5:1: error: duplicate key \"b\"\n"
            "plan.yaml:6:1: error: duplicate key \"a\"\n");
  EXPECT_NE(findings_.sorted()[1].hint.find("line 3"), std::string::npos);
  const auto document = tree_.finish();
  EXPECT_EQ(document->root().find("b")->text(), "1");
  EXPECT_EQ(document->root().size(), 6U);
}

// An escape in quotes can spell what the text itself may not contain.
TEST_F(TreeTest, RefusesAForbiddenCharacterInAScalar) {
  tree_.open(Kind::sequence, {1, 1});
  EXPECT_FALSE(tree_.scalar(std::string_view{"a\0", 2}, true, {1, 2}));
  EXPECT_FALSE(tree_.scalar("\u202e", true, {1, 8}));
  EXPECT_EQ(found(),
            "plan.yaml:1:2: error: a NUL byte in this text\n"
            "plan.yaml:1:8: error: a hidden control character in this text\n");
}

}  // namespace
}  // namespace tocsin::document
