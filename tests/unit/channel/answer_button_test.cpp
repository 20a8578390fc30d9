#include "channel/answer_button.h"

#include <gtest/gtest.h>

#include <set>

namespace tocsin::channel {
namespace {

constexpr seal::MessageId kAbout{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};

TEST(AnswerButton, CarriesItsMessageAndItsWordsThereAndBack) {
  EXPECT_EQ(button_data(kAbout, kAnswerButtons[1]), "AQIDBAUGBwgJCgsMDQ4PEA:Y 30");
  for (const AnswerButton& button : kAnswerButtons) {
    const auto back = tapped(button_data(kAbout, button));
    ASSERT_TRUE(back) << button.label;
    EXPECT_EQ(back->about, kAbout);
    EXPECT_EQ(back->words, button.words);
  }
  for (const AnswerButton& button : kFewAnswerButtons)
    EXPECT_EQ(tapped(button_data(kAbout, button))->words, button.words);
}

// Telegram takes 64 bytes, and messengers cut a label after 20 characters.
TEST(AnswerButton, FitsWhereItIsShown) {
  std::set<std::string_view> labels;
  std::set<std::string_view> words;
  for (const AnswerButton& button : kAnswerButtons) {
    EXPECT_LE(button_data(kAbout, button).size(), 28U);
    EXPECT_LE(button.label.size(), 20U) << button.label;
    EXPECT_TRUE(labels.insert(button.label).second) << button.label;
    EXPECT_TRUE(words.insert(button.words).second) << button.words;
  }
}

TEST(AnswerButton, OfAnotherProgramIsNone) {
  for (const char* data :
       {"", ":", "Y 30", "AQIDBAUGBwgJCgsMDQ4PEA",
        "AQIDBAUGBwgJCgsMDQ4PEA:", "AQIDBAUGBwgJCgsMDQ4PEA:Y 31", "AQIDBAUGBwgJCgsMDQ4PEA:Y 30 ",
        "AQIDBAUGBwgJCgsMDQ4PE:Y 30", "AQIDBAUGBwgJCgsMDQ4P!A:Y 30", "AQIDBAUGBwgJCgsMDQ4PEA Y 30"})
    EXPECT_FALSE(tapped(data)) << data;
}

}  // namespace
}  // namespace tocsin::channel
