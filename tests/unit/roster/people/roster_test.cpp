#include "roster/people/roster.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "roster/people/spelling.h"

namespace tocsin::roster {
namespace {

Responder responder(std::string id) {
  Responder out;
  out.id = PersonId{std::move(id)};
  out.name = "Siân Ó Briain";
  out.staff_group = StaffGroupId{"medical-and-dental"};
  out.role = RoleId{"consultant"};
  out.ward = WardId{"theatres"};
  out.skills = {SkillId{"airway"}, SkillId{"trauma"}};
  out.travel = base::Minutes{25};
  out.language = "cy";
  ContactPoint phone{ChannelId{"phone"}, "+447700900123", std::nullopt, std::nullopt, true};
  ContactPoint email{ChannelId{"email"}, "sian@example.org", Date{std::chrono::year{2025} / 3 / 1},
                     base::from_rfc3339("2026-01-02T03:04:05Z"), false};
  out.contacts = {phone, email};
  return out;
}

Roster roster_of(std::size_t people) {
  std::vector<Responder> all;
  for (std::size_t i = 0; i < people; ++i) all.push_back(responder("E" + std::to_string(100 + i)));
  return Roster{7, *base::from_rfc3339("2026-11-22T22:40:00Z"), std::move(all)};
}

TEST(Roster, FindsPeopleWhateverTheOrderTheyCameIn) {
  const Roster roster{1, {}, {responder("c"), responder("a"), responder("b")}};
  ASSERT_EQ(roster.size(), 3u);
  for (const char* id : {"a", "b", "c"}) {
    const Responder* found = roster.find(PersonId{id});
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->id.str(), id);
    EXPECT_EQ(&roster[*roster.index_of(PersonId{id})], found);
  }
  EXPECT_EQ(roster.find(PersonId{"d"}), nullptr);
  EXPECT_EQ(roster.find(PersonId{""}), nullptr);
}

TEST(Roster, WordsAreThoseOfActiveResponders) {
  Responder gone = responder("z");
  gone.employment = Employment::inactive;
  gone.role = RoleId{"porter"};
  Responder bare = responder("y");
  bare.role = RoleId{};
  const Roster roster{1, {}, {responder("a"), gone, bare}};
  EXPECT_EQ(roster.roles(), std::vector{RoleId{"consultant"}});
  EXPECT_EQ(roster.skills(), (std::vector{SkillId{"airway"}, SkillId{"trauma"}}));
}

TEST(Roster, ComesBackFromItsBytes) {
  const Roster roster = roster_of(20);
  const auto back = decode_roster(encode(roster));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, roster);
  EXPECT_EQ(digest(*back), digest(roster));
  EXPECT_EQ(decode_roster(encode(Roster{})), Roster{});
}

TEST(Roster, DamagedBytesAreRefusedOrReadButNeverCrash) {
  const base::Bytes good = encode(roster_of(3));
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(decode_roster(base::ByteView{good}.first(size))) << size;
  base::Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(decode_roster(longer));
  for (std::size_t i = 0; i < good.size() * 8; ++i) {
    base::Bytes bad = good;
    bad[i / 8] = static_cast<std::uint8_t>(bad[i / 8] ^ (1U << i % 8));
    const auto read = decode_roster(bad);
    EXPECT_LE(read ? read->size() : 0, 3u);
  }
}

TEST(Roster, AHostileCountAsksForNoMemory) {
  base::ByteWriter out;
  out.u8(1);
  out.u64(1);
  out.i64(0);
  out.varint(0);
  out.varint(std::uint64_t{1} << 62);
  EXPECT_FALSE(decode_roster(out.bytes()));
}

TEST(Spelling, OneWordForOneRole) {
  EXPECT_EQ(canonical_word("Staff Nurse (Band 5)"), "staff-nurse-band-5");
  EXPECT_EQ(canonical_word("  STAFF   nurse, band 5 "), "staff-nurse-band-5");
  EXPECT_EQ(canonical_word("A&E"), "a-e");
  EXPECT_EQ(canonical_word("Consultant's clerk"), "consultants-clerk");
  EXPECT_EQ(canonical_word("Emergency/Urgent"), "emergency/urgent");
  EXPECT_EQ(canonical_word("...—!"), "");
  EXPECT_EQ(canonical_word(std::string(1000, 'a')).size(), 64u);
  EXPECT_EQ(canonical_word("\xff\xc3"), "");
}

TEST(Spelling, FoldingDropsAccentsAndCase) {
  EXPECT_EQ(fold("Siân Ó Briain"), "sian o briain");
  EXPECT_EQ(fold("Siaˆn"), "siaˆn");        // a lone circumflex is no accent
  EXPECT_EQ(fold("Sia\xcc\x82n"), "sian");  // a combining one is
  EXPECT_EQ(fold("Łukasz Żółć"), "lukasz zolc");
  EXPECT_EQ(fold("STRAẞE Straße"), "straẞe strasse");  // U+1E9E is not in our table
  EXPECT_EQ(fold("Þór Ægir Œdipe ĳs"), "thor aegir oedipe ijs");
  EXPECT_EQ(fold("李雷"), "李雷");
}

TEST(Spelling, CanonicalWordsAreFixedPoints) {
  base::SeededRandom random{11};
  for (int i = 0; i < 2000; ++i) {
    std::string text(random.below(30), ' ');
    random.fill({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    const std::string word = canonical_word(text);
    EXPECT_EQ(canonical_word(word), word);
    for (const char c : word)
      EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  std::string_view{"-._/"}.find(c) != std::string_view::npos);
  }
}

}  // namespace
}  // namespace tocsin::roster
