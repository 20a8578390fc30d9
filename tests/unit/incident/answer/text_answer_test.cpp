#include "incident/answer/text_answer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/zone_file.h"
#include "channel/answer_button.h"

namespace tocsin::incident {
namespace {

const base::Instant kAnswered = *base::from_rfc3339("2026-11-30T22:40:00Z");

std::string shown(const std::variant<Reply, Unread>& read, base::Instant now) {
  if (const auto* unread = std::get_if<Unread>(&read)) {
    switch (*unread) {
      case Unread::clinical:
        return "clinical";
      case Unread::unclear:
      case Unread::stop:
      case Unread::whose:
      case Unread::automatic:
      case Unread::no_time:
        return std::string{to_text(*unread)};
    }
  }
  const Reply& reply = std::get<Reply>(read);
  std::string text{to_text(reply.answer)};
  if (reply.when) text += ' ' + std::to_string((*reply.when - now) / base::Minutes{1});
  return text;
}

std::string read(std::string_view words, base::Instant now = kAnswered) {
  return shown(read_text_answer(words, now, base::Zone{}), now);
}

TEST(TextAnswer, TheFormsOfTheManualAreRead) {
  for (const auto& [words, expected] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Y 20", "coming 20"},
           {"1 20", "coming 20"},
           {"yes 20 min", "coming 20"},
           {"coming in 1h30", "coming 90"},
           {"half an hour", "coming 30"},
           {"there by 23:15", "coming 35"},
           {"L 60", "later 60"},
           {"2 60", "later 60"},
           {"later 07:00", "later 500"},
           {"from 7am", "later 500"},
           {"can't before 9am", "later 620"},
           {"tomorrow 8am", "later 560"},
           {"LR", "last resort"},
           {"3", "last resort"},
           {"only if you're short", "last resort"},
           {"N", "no"},
           {"4", "no"},
           {"no sorry I'm away", "no"},
           {"can't make it", "no"},
           {"HERE", "arrived"},
           {"at ED now", "arrived"},
           {"LEAVING", "leaving"},
           {"going home", "leaving"},
           {"STOP", "stop"},
           {"Y", "no time"},
           {"L", "unclear"},
           {"👍", "unclear"},
           {"👍 20", "coming 20"},
           {"👎", "no"},
           {"20", "coming 20"}})
    EXPECT_EQ(read(words), expected) << words;
}

TEST(TextAnswer, EachButtonIsReadAsItsLabelSays) {
  const std::vector<const char*> expected{"coming 15", "coming 30", "coming 45",   "coming 60",
                                          "later 120", "later 240", "last resort", "no"};
  ASSERT_EQ(channel::kAnswerButtons.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(read(channel::kAnswerButtons[i].words), expected[i]);
  const std::vector<const char*> few{"no time", "last resort", "no"};
  for (std::size_t i = 0; i < few.size(); ++i)
    EXPECT_EQ(read(channel::kFewAnswerButtons[i].words), few[i]);
}

TEST(TextAnswer, IsReadInOtherLanguages) {
  for (const auto& [words, expected] : std::initializer_list<std::pair<const char*, const char*>>{
           {"tak, będę za 20 minut", "coming 20"},
           {"nie mogę", "no"},
           {"od 7 rano", "later 500"},
           {"tylko jeśli brakuje ludzi", "last resort"},
           {"jestem na miejscu", "arrived"},
           {"dw i'n dod mewn 20 munud", "coming 20"},
           {"na alla i", "no"},
           {"wedi cyrraedd", "arrived"},
           {"haan, 20 minute mein aa raha hoon", "coming 20"},
           {"nahi aa sakti", "no"},
           {"میں ۲۰ منٹ میں آ رہی ہوں", "coming 20"},
           {"میں نہیں آ سکتا", "no"}})
    EXPECT_EQ(read(words), expected) << words;
}

// The buttons of the responder's page, written out, mean what the button does.
TEST(TextAnswer, TheWordsOfThePageAreRead) {
  const std::pair<const char*, const char*> kKeys[] = {{"coming ", "no time"},
                                                       {"last_resort ", "last resort"},
                                                       {"no ", "no"},
                                                       {"arrived ", "arrived"},
                                                       {"later ", "unclear"}};
  for (const char* language : {"en", "cy", "pl", "ur"}) {
    std::ifstream file{std::string{"lib/relay/language/"} + language + ".txt"};
    ASSERT_TRUE(file);
    for (std::string line; std::getline(file, line);)
      for (const auto& [key, expected] : kKeys) {
        if (!line.starts_with(key)) continue;
        // "adwai/adwal": both forms in one.
        std::string words = line.substr(std::string_view{key}.size());
        if (const auto slash = words.find('/'); slash != words.npos)
          words.erase(slash, words.find(' ', slash) - slash);
        EXPECT_EQ(read(words), expected) << language << ": " << line;
      }
  }
}

// A contradiction is no answer, whatever is contradicted.
TEST(TextAnswer, YesAndNoTogetherAreNeither) {
  const char* yes[] = {"Y", "yes 20", "coming", "on my way", "tak", "haan", "ydw", "✅ 20"};
  const char* no[] = {"N", "no", "can't come", "not coming", "nie", "nahi", "👎", "na", "❌"};
  for (const std::string one : yes)
    for (const std::string other : no)
      for (const std::string between : {" ", ", ", ". ", "\n", "\n\n", " / ", " or "}) {
        EXPECT_EQ(read(one + between + other), "unclear") << one << between << other;
        EXPECT_EQ(read(other + between + one), "unclear") << other << between << one;
      }
}

TEST(TextAnswer, AConditionOrADoubtIsNeverAnAnswer) {
  for (const std::string answer : {"Y 20", "yes 20 min", "coming in 20", "N", "here", "no"})
    for (const std::string doubt : {"maybe", "if I can", "not sure", "perhaps", "I think"}) {
      EXPECT_EQ(read(doubt + " " + answer), "unclear") << doubt << answer;
      EXPECT_EQ(read(answer + " " + doubt), "unclear") << answer << doubt;
      EXPECT_EQ(read(answer + ", " + doubt), "unclear") << answer << doubt;
    }
  for (const char* words : {"Y 20?", "N?", "do you need me?", "is this real?", "who is this"})
    EXPECT_EQ(read(words), "unclear") << words;
}

TEST(TextAnswer, TwoTimesAreNone) {
  for (const char* words : {"yes 20 or 40", "Y 20 no wait 40", "yes 20, 40 min", "L 07:00, 08:00"})
    EXPECT_EQ(read(words), "unclear") << words;
  EXPECT_EQ(read("yes 20 min, there by 23:00"), "coming 20");  // the same
}

// What a mail program, a telephone or good manners add changes nothing.
TEST(TextAnswer, WhatStandsAroundAnAnswerDoesNotMatter) {
  for (const std::string answer : {"Y 20", "N", "L 07:00", "last resort", "here", "STOP"}) {
    const std::string expected = read(answer);
    ASSERT_NE(expected, "unclear");
    for (const std::string& other :
         {base::to_lower(answer), "  " + answer + " !!", answer + "\r\n\r\nSent from my iPhone",
          "\"" + answer + "\"", answer + "\n\nOn Mon, Call <c@example.org> wrote:\n> Y 20 or N",
          "> Y 20, N or L\n\n" + answer, "\xef\xbb\xbf" + answer,
          answer + "\n-- \nDr A. Smith\n01632 960 145"})
      EXPECT_EQ(read(other), expected) << other;
  }
}

TEST(TextAnswer, OthersThanAnswersAreTold) {
  EXPECT_EQ(read("Automatic reply: I am away. Yes 20"), "automatic");
  EXPECT_EQ(read("yes 20, NHS 943 476 5919"), "clinical");
  EXPECT_EQ(read("don't stop"), "unclear");
  EXPECT_EQ(read("stop, coming 20"), "unclear");
  EXPECT_EQ(read("> STOP"), "unclear");
}

TEST(TextAnswer, AnyBytesAreRead) {
  for (const std::string& words :
       {std::string{}, std::string(1'000'000, '\xff'), std::string(1'000'000, '>'),
        std::string(1'000'000, '1'), std::string(1'000'000, '\n'), std::string(3, '\0'),
        std::string{"\x1b["}, std::string{"\xf0\x9f"}, std::string{"Y \xf0\x9f"}})
    EXPECT_TRUE(read(words) == "unclear" || read(words) == "no time");
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\\n")) {
      out += '\n';
      i += 1;
    } else if (rest.starts_with("\\x")) {
      out += static_cast<char>(std::stoi(std::string{rest.substr(2, 2)}, nullptr, 16));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

base::WallTime wall_of(const std::string& text) {
  return base::WallTime{
      base::from_rfc3339(text.substr(0, 10) + 'T' + text.substr(11) + ":00Z")->time_since_epoch()};
}

// "later 07:00+1" and "later 60" are in minutes from now, as what was read is.
std::string in_minutes(const std::string& expected, const std::string& now,
                       const base::Zone& zone) {
  const auto colon = expected.find(':');
  if (colon == expected.npos) return expected;
  const bool is_next_day = expected.ends_with("+1");
  const base::WallTime at = wall_of(now.substr(0, 11) + expected.substr(colon - 2, 5)) +
                            std::chrono::days{is_next_day ? 1 : 0};
  const auto ahead = zone.instant_of(at) - zone.instant_of(wall_of(now));
  return "later " + std::to_string(ahead / base::Minutes{1});
}

// tests/answers/README.md. What is not taken down costs one more message; what is read wrongly may
// cost a nurse.
TEST(TextAnswer, RealLookingAnswersAreReadOrAskedAgain) {
  const base::Zone zone = *base::system_zone("Europe/London");
  std::ifstream file{"tests/answers/answers.tsv"};
  std::string line;
  ASSERT_TRUE(std::getline(file, line));
  int all = 0;
  int right = 0;
  while (std::getline(file, line)) {
    const auto fields = base::split(line, '\t');
    ASSERT_EQ(fields.size(), 3u) << line;
    const std::string now_text{fields[1]};
    const base::Instant now = zone.instant_of(wall_of(now_text));
    const std::string expected = in_minutes(std::string{fields[0]}, now_text, zone);
    const std::string got = shown(read_text_answer(decoded(fields[2]), now, zone), now);
    // A "later" that does not say from when is asked again.
    const bool is_right = got == expected || (got == "no time" && expected == "coming") ||
                          (got == "unclear" && expected == "later");
    ++all;
    right += is_right ? 1 : 0;
    EXPECT_TRUE(is_right || got == "unclear") << line << "\nwas read as " << got;
  }
  EXPECT_GE(all, 300);
  EXPECT_GE(right * 100, all * 92) << right << " of " << all;
}

}  // namespace
}  // namespace tocsin::incident
