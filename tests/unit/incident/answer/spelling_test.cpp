#include "incident/answer/spelling.h"

#include <gtest/gtest.h>

namespace tocsin::incident {
namespace {

std::vector<std::string> texts_of(std::string_view words) {
  std::vector<std::string> texts;
  for (const Token& token : tokens_of(plain_spelling(words), 100)) texts.push_back(token.text);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Spelling, WhatKeyboardsWriteDifferentlyIsTheSame) {
  for (const char* words : {"can't", "CAN’T", "can`t", "can‘t", "can\x92t", "ca\u200bn't", "cán't"})
    EXPECT_EQ(texts_of(words), Texts{"cant"}) << words;
  EXPECT_EQ(texts_of("Będę źdźbło"), (Texts{"bede", "zdzblo"}));
  EXPECT_EQ(texts_of("ŷ ŵ"), (Texts{"y", "w"}));
  EXPECT_EQ(plain_spelling("كي"), plain_spelling("کی"));  // Arabic and Urdu keyboards
  EXPECT_EQ(texts_of("۲۰ ٢٠ ２０ 𝟐𝟎 2O"), (Texts{"20", "20", "20", "20", "20"}));
  EXPECT_EQ(texts_of("Υ 𝐘 у"), (Texts{"y", "y", "y"}));  // Greek, bold, Cyrillic
  EXPECT_EQ(texts_of("\x1b[1myes\x1b[0m"), Texts{"yes"});
}

TEST(Spelling, WhatChangesAWordIsNotHidden) {
  EXPECT_EQ(texts_of("I'll"), (Texts{"i", "will"}));
  EXPECT_EQ(texts_of("ill"), Texts{"ill"});
  EXPECT_NE(texts_of("can\xfft"), Texts{"cant"});
  EXPECT_NE(texts_of("\u202ey"), Texts{"y"});  // it is shown in another order
  EXPECT_NE(texts_of("n\b"), Texts{"y"});
}

TEST(Spelling, MarksBelongToWhatTheyStandIn) {
  using Kind = Token::Kind;
  const auto kind_of = [](std::string_view words, std::size_t at) {
    return tokens_of(words, 100).at(at).kind;
  };
  EXPECT_EQ(kind_of("23:15", 1), Kind::mark);
  EXPECT_EQ(kind_of("1.5h", 1), Kind::mark);
  EXPECT_EQ(kind_of("yes. 20", 1), Kind::stop);
  EXPECT_EQ(kind_of("yes - 20", 1), Kind::stop);
  EXPECT_EQ(kind_of("eta: 20", 1), Kind::number);
  EXPECT_EQ(tokens_of(plain_spelling("yes؟"), 100).at(1).kind, Kind::question);
}

TEST(Spelling, NeverMakesMoreTokensThanAsked) {
  EXPECT_EQ(tokens_of(std::string(1'000'000, '.'), 7).size(), 7u);
  EXPECT_EQ(tokens_of("a b c", 2).size(), 2u);
}

}  // namespace
}  // namespace tocsin::incident
