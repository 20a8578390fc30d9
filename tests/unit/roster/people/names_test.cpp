#include "roster/people/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"
#include "base/text.h"
#include "unit/roster/people/somebody.h"

namespace tocsin::roster {
namespace {

std::optional<Likeness> likeness(std::string a, std::string b) {
  const auto found = look_alikes(staff_named({std::move(a), std::move(b)}));
  return found.empty() ? std::nullopt : std::optional{found.front().likeness};
}

TEST(Names, TitlesCaseAccentsAndCommasDoNotMatter) {
  for (const char* name :
       {"Ana Bell", "BELL, Ana", "Dr Ana Bell", "Bell, Dr. Ana", "ana  bell", "Ána Bell"})
    EXPECT_EQ(name_key(name), "ana bell") << name;
  EXPECT_EQ(name_key("Siân O'Brien"), "sian obrien");
  EXPECT_EQ(name_key("O’Brien, Dr. Sia\u0302n"), "sian obrien");
  EXPECT_EQ(name_key("Lloyd‑Jones, Eira"), name_key("Eira Lloyd-Jones"));
  EXPECT_EQ(name_key("Jean-Luc Mars"), "jean luc mars");
  EXPECT_EQ(name_key("Dr"), "dr");
  EXPECT_EQ(name_key("李 雷"), "李 雷");
}

TEST(Names, WhoCouldBeTakenForWhom) {
  EXPECT_EQ(likeness("Ana Bell", "BELL, Ana"), Likeness::same);
  EXPECT_EQ(likeness("Thomas James", "James Thomas"), Likeness::swapped);
  EXPECT_EQ(likeness("Ana Bell", "Anna Bell"), Likeness::spelling);
  EXPECT_EQ(likeness("Brian Cole", "Brain Cole"), Likeness::spelling);
  EXPECT_EQ(likeness("Ana Bell", "Ana Ball"), Likeness::spelling);
  EXPECT_EQ(likeness("A. Bell", "Ana Bell"), Likeness::initials);
  EXPECT_EQ(likeness("Ana Bell", "Alice Bell"), std::nullopt);
  EXPECT_EQ(likeness("Ana Bell", "Ben Bell"), std::nullopt);
  EXPECT_EQ(likeness("Bo Li", "Bo Lu"), std::nullopt);  // too short to say
}

// With every pair of a name, ten times the people would be a hundred times the pairs.
TEST(Names, PairsGrowWithThePeople) {
  std::vector<std::string> names;
  for (int i = 0; i < 90; ++i) names.emplace_back(i % 2 == 0 ? "Ana Bell" : "Anna Bell");
  EXPECT_EQ(look_alikes(staff_named(names)).size(), 44U + 44U + 1U);
}

TEST(Names, ThoseWhoLeftAreNotConfused) {
  std::vector<Responder> people = staff_named({"Ana Bell", "Ana Bell"}).responders();
  people[1].employment = Employment::inactive;
  EXPECT_TRUE(look_alikes(Roster{1, {}, people}).empty());
}

// The oracle compares every pair by edit distance.
TEST(Names, FindsTheSamePairsAsComparingEachWithEach) {
  base::SeededRandom random{13};
  for (int round = 0; round < 20; ++round) {
    std::vector<std::string> names;
    for (int i = 0; i < 60; ++i) {
      std::string name;
      for (int c = 0; c < 6 + static_cast<int>(random.below(2)); ++c) name += "ab"[random.below(2)];
      names.push_back(name);
    }
    std::set<std::pair<std::size_t, std::size_t>> expected;
    const auto is_first = [&](std::size_t i) {
      return std::find(names.begin(), names.end(), names[i]) - names.begin() ==
             static_cast<std::ptrdiff_t>(i);
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto next =
          std::find(names.begin() + static_cast<std::ptrdiff_t>(i) + 1, names.end(), names[i]);
      if (next != names.end()) expected.emplace(i, next - names.begin());
      for (std::size_t j = i + 1; j < names.size(); ++j)
        if (is_first(i) && is_first(j) && base::edit_distance(names[i], names[j]) == 1)
          expected.emplace(i, j);
    }
    std::set<std::pair<std::size_t, std::size_t>> found;
    for (const LookAlike& pair : look_alikes(staff_named(names))) {
      found.emplace(pair.first, pair.second);
      EXPECT_EQ(pair.likeness == Likeness::same, names[pair.first] == names[pair.second]);
    }
    EXPECT_EQ(found, expected);
  }
}

}  // namespace
}  // namespace tocsin::roster
