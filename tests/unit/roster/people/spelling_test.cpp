#include "roster/people/spelling.h"

#include <gtest/gtest.h>

#include <cctype>

#include "base/random.h"

namespace tocsin::roster {
namespace {

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

TEST(Spelling, MarksOfAWordProcessorAreThoseOfAKeyboard) {
  for (const char* name : {"O’Neill", "O‘Neill", "Oʼneill", "O´Neill", "O`Neill", "O′Neill"})
    EXPECT_EQ(fold(name), "o'neill") << name;
  for (const char* name : {"Lloyd–Jones", "Lloyd‑Jones", "Lloyd—Jones", "Lloyd−Jones"})
    EXPECT_EQ(fold(name), "lloyd-jones") << name;
  EXPECT_EQ(fold("Ana\u00a0Bell"), "ana bell");
  EXPECT_EQ(canonical_word("On‑call – carer’s"), "on-call-carers");
  EXPECT_EQ(fold("😀\u00e9😀"), "😀e😀") << "no byte of a longer character is taken for a mark";
  EXPECT_EQ(fold("Ŵŷn ẁẃẅ ỳ"), "wyn www y");
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

// Each letter of Latin-1 Supplement and Latin Extended-A (U+00C0 to U+017F) but the signs × and ÷.
TEST(Spelling, EveryLatinLetterBecomesPlainOnes) {
  for (unsigned point = 0xc0; point < 0x180; ++point) {
    const std::string letter{static_cast<char>(0xc0 | point >> 6U),
                             static_cast<char>(0x80 | (point & 0x3fU))};
    const std::string plain = fold(letter);
    if (point == 0xd7 || point == 0xf7) continue;
    EXPECT_TRUE(plain.size() == 1 || plain.size() == 2) << letter;
    for (const char c : plain) EXPECT_TRUE(c >= 'a' && c <= 'z') << letter << " " << plain;
    // The small letters of the first half stand 32 after their capitals.
    if (point >= 0xdf) continue;
    EXPECT_EQ(plain, fold(std::string{letter[0], static_cast<char>(letter[1] + 0x20)})) << letter;
  }
}

TEST(Spelling, FoldingNeverMakesTextLonger) {
  base::SeededRandom random{17};
  for (int i = 0; i < 2000; ++i) {
    std::string text(random.below(12), ' ');
    random.fill({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    const std::string once = fold(text);
    EXPECT_LE(once.size(), text.size());
    for (const char c : once) EXPECT_FALSE(c >= 'A' && c <= 'Z');
  }
}

}  // namespace
}  // namespace tocsin::roster
