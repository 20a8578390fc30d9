#include "playbook/code_words.h"

#include <gtest/gtest.h>

#include "playbook/messages.h"
#include "playbook/playbook.h"
#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

constexpr std::string_view kWords =
    "code_words:\n"
    "  real: {come: Heron, assigned: Otter, stay: Willow, ended: Harbour}\n"
    "  exercise: {come: Plover, assigned: Badger, stay: Elm, ended: Quay}\n";

std::string with(std::string_view words) {
  return replaced(kSample, "code_word: Larkspur\n", words);
}

TEST(CodeWords, EachMeaningHasItsOwnAndAnExerciseOthers) {
  document::Findings findings;
  const auto book = load(with(kWords), findings);
  ASSERT_TRUE(book);
  const CodeWords& code = book->messages.code_words;
  EXPECT_TRUE(code.say_what_to_do());
  EXPECT_EQ(code.word(Occasion::real, Meaning::come), "Heron");
  EXPECT_EQ(code.word(Occasion::real, Meaning::ended), "Harbour");
  EXPECT_EQ(code.word(Occasion::exercise, Meaning::stay), "Elm");
  EXPECT_EQ(code.word(Occasion::real, std::nullopt), "");
  EXPECT_EQ(code.longest(), 7U);
}

TEST(CodeWords, OneForAllSaysOnlyThatItIsNoHoax) {
  const CodeWords code{"Larkspur", {}};
  EXPECT_FALSE(code.say_what_to_do());
  EXPECT_EQ(code.word(Occasion::exercise, Meaning::ended), "Larkspur");
  EXPECT_EQ(code.longest(), 8U);
}

// Whoever is told "stay" when they are to come, or "come" when it is over, is told a lie.
TEST(CodeWords, OfEachKindOfMessageAreTheRightOnes) {
  for (const bool has_ended : {false, true}) {
    EXPECT_EQ(meaning_of(MessageKind::request, has_ended), Meaning::come);
    EXPECT_EQ(meaning_of(MessageKind::reminder, has_ended), Meaning::come);
    EXPECT_EQ(meaning_of(MessageKind::assigned, has_ended), Meaning::assigned);
    EXPECT_EQ(meaning_of(MessageKind::update, has_ended), std::nullopt);
  }
  for (const MessageKind kind : {MessageKind::standby, MessageKind::reserve,
                                 MessageKind::stand_down, MessageKind::offer_acknowledgement}) {
    EXPECT_EQ(meaning_of(kind, false), Meaning::stay);
    EXPECT_EQ(meaning_of(kind, true), Meaning::ended);
  }
}

TEST(CodeWords, AreWholeAndEachMeansOneThing) {
  const auto error = [](std::string_view from, std::string_view to, std::string_view what) {
    document::Findings findings;
    EXPECT_FALSE(load(with(replaced(std::string{kWords}, from, to)), findings));
    const auto all = findings.sorted();
    return std::any_of(all.begin(), all.end(), [&](const auto& finding) {
      return finding.message.find(what) != std::string::npos;
    });
  };
  EXPECT_TRUE(error("Plover", "heron", "\"heron\" has two meanings"));
  EXPECT_TRUE(error(", ended: Quay", "", "ended"));
  EXPECT_TRUE(error("  exercise:", "  drill:", "exercise"));
  EXPECT_TRUE(error("Heron", std::string(31, 'x'), "30"));
  EXPECT_TRUE(error("code_words:", "code_word: Larkspur\ncode_words:", "one for each meaning"));
}

TEST(CodeWords, HalfAListIsNone) {
  const auto book =
      read_playbook(with(replaced(std::string{kWords}, ", ended: Quay", "")), "a").playbook;
  EXPECT_FALSE(book.messages.code_words.say_what_to_do());
}

}  // namespace
}  // namespace tocsin::playbook
