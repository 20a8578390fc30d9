#include "contact/dialled.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "base/random.h"

namespace tocsin::contact {
namespace {

std::string digits(std::string_view text) {
  const auto read = parse_dialled(text);
  const auto* dialled = std::get_if<Dialled>(&read);
  return dialled == nullptr ? "" : (dialled->has_plus ? "+" : "") + dialled->digits;
}

std::optional<TelephoneFault> refusal(std::string_view text) {
  const auto read = parse_dialled(text);
  const auto* found = std::get_if<TelephoneFault>(&read);
  return found == nullptr ? std::nullopt : std::optional{*found};
}

TEST(Dialled, MarksOfEveryKindAreLeftOut) {
  for (const char* text : {"07700 900123",      "07700-900-123",
                           "07700.900.123",     "(07700) 900123",
                           "0 77 00 90 01 23",  "07700\u2010900123",
                           "07700\u2013900123", "07700\u2212900123",
                           "07700\uff0d900123", "07700\u00a0900123",
                           "07700\u2009900123", "07700\u3000900123",
                           "07700\u00ad900123", "\u200e07700 900123\u200f",
                           "\ufeff07700900123", "\u206607700 900123\u2069",
                           "tel:07700900123",   "TEL:07700-900123",
                           "\u201907700900123", "07700\t900123"})
    EXPECT_EQ(digits(text), "07700900123") << text;
}

TEST(Dialled, DigitsOfAnyScriptCount) {
  EXPECT_EQ(digits("\uff0b\uff14\uff14 7700 900123"), "+447700900123");
  EXPECT_EQ(digits("\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"), "0123456789");
  EXPECT_EQ(digits("\u06f0\u06f9 \u0966\u096f"), "0909");
  EXPECT_EQ(refusal("\u00b2\u00b3 12345678"), TelephoneFault::not_a_number);  // superscripts
}

TEST(Dialled, OnePlusComesFirst) {
  EXPECT_EQ(digits("+44 7700 900123"), "+447700900123");
  EXPECT_EQ(digits("(+44) 7700 900123"), "+447700900123");
  EXPECT_EQ(refusal("++44 7700 900123"), TelephoneFault::not_a_number);
  EXPECT_EQ(refusal("07700 900123 +44 7700 900124"), TelephoneFault::two_numbers);
}

TEST(Dialled, QuantitiesOfASpreadsheetAreNoNumbers) {
  for (const char* text :
       {"169772345.0", "7700900123.00", "7700900123,0", "17212345.000", "7.700900123E+09",
        "4.47701E+11", "4,47701e11", "447E9", "4.47700900114E+11", "+4.4E+11"})
    EXPECT_EQ(refusal(text), TelephoneFault::quantity) << text;
  EXPECT_EQ(digits("0131.4960123"), "01314960123");
}

TEST(Dialled, ExtensionsAreNotJoined) {
  for (const char* text :
       {"01632 960123 ext 4521", "01632 960123 x4521", "01632960123x4521",
        "01632 960123 Extn. 4521", "01632 960123 extension 4521", "+44 1632 960123;ext=12",
        "01632 960123 #4521", "01632 960123 bleep 4521"})
    EXPECT_EQ(refusal(text), TelephoneFault::extension) << text;
}

TEST(Dialled, TwoNumbersAreNotJoined) {
  for (const char* text :
       {"01204 52012/3", "01204 52012-3", "01204 52012 (3)", "01204 52012 3", "01204520123/4",
        "01632 960123 / 07700 900456", "01632 960123 or 07700 900456", "01632 960123, 960124",
        "01632 960123; 960124", "01632 960123\n07700 900456", "4521/4522", "01632 960123 & 960124",
        "01632 960123 | 960124", "01204/52/0123", "01632 960123 and 960124"})
    EXPECT_EQ(refusal(text), TelephoneFault::two_numbers) << text;
  EXPECT_EQ(digits("089/123456"), "089123456");  // an area and its number
  EXPECT_EQ(digits("+49 89/123456"), "+4989123456");
}

TEST(Dialled, WhatElseStandsThereIsNoNumber) {
  for (const char* text :
       {"", " ", "+", "()", "none", "O7700 900123", "07700 9OO123", "mob 07700",
        "07700 900123 (home)", "07700*900123", "07700 (900123", "07700) 900123", "\u202e3210097700",
        "07700\xff"
        "900123",
        "=07700"})
    EXPECT_TRUE(refusal(text)) << text;
}

// Whatever bytes come, the answer is digits that stand in them, in their order.
TEST(Dialled, NoByteBreaksIt) {
  base::SeededRandom random{31};
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (std::uint64_t n = random.below(14); n > 0; --n)
      text += random.below(3) == 0 ? static_cast<char>(random.below(256))
                                   : "0123456789+ -()/.xE"[random.below(19)];
    std::string plain;
    for (const char c : text)
      if (c >= '0' && c <= '9') plain += c;
    const auto read = parse_dialled(text);
    if (const auto* dialled = std::get_if<Dialled>(&read); dialled != nullptr) {
      ASSERT_FALSE(dialled->digits.empty());
      // Other digits come from characters of more than one byte, of which there are few.
      if (plain.size() == dialled->digits.size()) {
        ASSERT_EQ(dialled->digits, plain);
      }
    }
  }
}

}  // namespace
}  // namespace tocsin::contact
