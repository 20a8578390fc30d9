#include "roster/reading/duty_phrases.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/text.h"
#include "roster/reading/duty_words.h"

namespace tocsin::roster {
namespace {

TEST(DutyPhrases, EachStandsOnceAsTextsAreRead) {
  std::set<std::string, std::less<>> seen;
  for (const Phrases& group : duty_phrases())
    for (const std::string_view phrase : base::split(group.words, ' ')) {
      EXPECT_EQ(duty_key(phrase), phrase);
      EXPECT_TRUE(seen.emplace(phrase).second) << phrase << " has two senses";
    }
  for (const std::string_view word : base::split(trade_words(), ' '))
    EXPECT_FALSE(seen.contains(word)) << word << " says a duty";
}

}  // namespace
}  // namespace tocsin::roster
