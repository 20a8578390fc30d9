// The numbers and words of the enumerations are those that tocsin-journal(5) lists.
#include "incident/state/words.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>

#include "base/file.h"

namespace tocsin::incident {
namespace {

// The list under EVENTS that begins with this word: "1 gap, 2 phone list, …".
std::map<int, std::string> listed(const std::string& word) {
  const std::string text = base::read_file("man/tocsin-journal.5", 1 << 20);
  std::smatch found;
  if (!std::regex_search(text, found, std::regex("\n" + word + " +(\\d [^.]*?)\n[a-z.]")))
    return {};
  const std::string list = found[1];
  std::map<int, std::string> words;
  const std::regex entry(R"((\d) ([a-z]+(?: [a-z]+)*))");
  for (auto at = std::sregex_iterator(list.begin(), list.end(), entry);
       at != std::sregex_iterator(); ++at)
    words.emplace(std::stoi((*at)[1]), (*at)[2]);
  return words;
}

template <class T>
void expect_as_listed(const std::string& word, int last) {
  const auto words = listed(word);
  EXPECT_FALSE(words.empty()) << word;
  for (const auto& [number, text] : words) EXPECT_EQ(to_text(static_cast<T>(number)), text) << word;
  ASSERT_FALSE(words.empty());
  EXPECT_EQ(words.rbegin()->first, last) << word;
}

TEST(Words, AreNumberedAsTheManualSays) {
  expect_as_listed<Answer>("answer", static_cast<int>(Answer::seen));
  expect_as_listed<Audience>("audience", static_cast<int>(Audience::person));
  expect_as_listed<Flag>("flag", static_cast<int>(Flag::unsettled));
  expect_as_listed<Verdict>("verdict", static_cast<int>(Verdict::expired));
}

TEST(Words, AnAnswerIsReadAsItIsWritten) {
  for (int number = 1; number <= static_cast<int>(Answer::seen); ++number) {
    const auto answer = static_cast<Answer>(number);
    EXPECT_EQ(answer_from_text(to_text(answer)), answer);
    // As it is typed, where a blank would need quotes.
    std::string typed{to_text(answer)};
    for (char& c : typed)
      if (c == ' ') c = '-';
    EXPECT_EQ(answer_from_text(typed), answer);
  }
}

TEST(Words, NothingElseIsAnAnswer) {
  for (const char* text : {"", "none", "Coming", "coming ", " no", "n", "yes", "last", "unknown"})
    EXPECT_FALSE(answer_from_text(text)) << text;
  EXPECT_FALSE(answer_from_text(std::string_view{"no\0", 3}));
}

}  // namespace
}  // namespace tocsin::incident
