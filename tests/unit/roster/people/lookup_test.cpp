#include "roster/people/lookup.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "roster/people/names.h"
#include "unit/roster/people/somebody.h"

namespace tocsin::roster {
namespace {

TEST(Lookup, ByIdByNameAndByPartOfAName) {
  const Roster roster = staff_named({"Ana Bell", "Ana Cole", "Ben Bell", "Zoë Ångström"});
  const auto one = [&](std::string_view text) {
    const Found found = find_person(roster, text);
    const auto* person = std::get_if<const Responder*>(&found);
    return person == nullptr ? std::string{} : (*person)->name;
  };
  EXPECT_EQ(one("P1001"), "Ana Cole");
  EXPECT_EQ(one("p1001"), "Ana Cole");
  EXPECT_EQ(one("ana bell"), "Ana Bell");
  EXPECT_EQ(one("Bell, Ben"), "Ben Bell");
  EXPECT_EQ(one("zoe"), "Zoë Ångström");
  EXPECT_EQ(one("ben b"), "Ben Bell");
  EXPECT_EQ(one("ana"), "");
  const Found several = find_person(roster, "Ana");
  EXPECT_EQ(std::get<std::vector<const Responder*>>(several).size(), 2u);
  const Found nobody = find_person(roster, "Ana Bel l");
  EXPECT_EQ(std::get<NobodyFound>(nobody).nearest.front()->name, "Ana Bell");
  EXPECT_TRUE(std::get<NobodyFound>(find_person(roster, "")).nearest.empty());
}

TEST(Lookup, WhatTwoShareNamesNobody) {
  const Roster roster = staff_named({"Ana Bell", "Bell, Ana", "Ben Cole"});
  const People people{roster};
  EXPECT_EQ(people.by_name("ana bell"), nullptr);
  EXPECT_EQ(people.by_id("p1002")->name, "Ben Cole");
}

TEST(Lookup, AnAddressThatTwoHaveIsNobodys) {
  std::vector<Responder> staff = staff_named({"Ana Bell", "Ben Cole", "Cat Dunn"}).responders();
  const auto add = [&](std::size_t person, const char* channel, const char* address) {
    staff[person].contacts.push_back({ChannelId{channel}, address, {}, {}, true});
  };
  add(0, "email", "ana@example.org");
  add(0, "email", "ana@example.org");  // twice, and still hers
  add(0, "email", "ward@example.org");
  add(1, "email", "ward@example.org");
  add(2, "matrix", "cat@example.org");
  const Roster roster{1, {}, std::move(staff)};
  const People people{roster};
  EXPECT_EQ(people.by_email("ANA@example.org"), roster.find(PersonId{"P1000"}));
  EXPECT_EQ(people.by_email("ward@example.org"), nullptr);
  EXPECT_EQ(people.by_email("cat@example.org"), nullptr);
  EXPECT_EQ(people.by_email(""), nullptr);
  EXPECT_EQ(people.by_id(""), nullptr);
  EXPECT_EQ(people.by_name(" "), nullptr);
}

// Whatever is typed: one person is found only if nobody else fits as well.
TEST(Lookup, NeverGuessesBetweenTwo) {
  const Roster roster = staff_named({"Ana Bell", "Ana Bella", "Anabel Lee", "Bell Ana",
                                     "Ben Bell-Lee", "Lee Ben", "Ana", "Zoë Lee"});
  base::SeededRandom random{7};
  const std::vector<std::string> pieces{"a", "an",  "ana", "b", "be", "bell", "lee",
                                        "l", "ben", "x",   "-", ",",  "Ana",  "ZOE"};
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    for (std::uint64_t words = 1 + random.below(3); words > 0; --words)
      text += pieces[random.below(pieces.size())] + (random.chance(0.5) ? " " : "");
    std::vector<const Responder*> whole;
    std::vector<const Responder*> part;
    const auto sought = name_words(text);
    for (const Responder& person : roster.responders()) {
      const auto words = name_words(person.name);
      if (sought.empty()) break;
      if (words == sought) whole.push_back(&person);
      bool fits = true;
      for (const std::string& prefix : sought) {
        bool begins = false;
        for (const std::string& word : words) begins = begins || word.find(prefix) == 0;
        fits = fits && begins;
      }
      if (fits) part.push_back(&person);
    }
    const auto& expected = whole.empty() ? part : whole;
    const Found found = find_person(roster, text);
    if (expected.empty()) {
      ASSERT_TRUE(std::holds_alternative<NobodyFound>(found)) << text;
      EXPECT_LE(std::get<NobodyFound>(found).nearest.size(), 3U);
    } else if (expected.size() == 1) {
      ASSERT_TRUE(std::holds_alternative<const Responder*>(found)) << text;
      EXPECT_EQ(std::get<const Responder*>(found), expected.front()) << text;
    } else {
      ASSERT_EQ(std::get<std::vector<const Responder*>>(found), expected) << text;
    }
  }
}

}  // namespace
}  // namespace tocsin::roster
