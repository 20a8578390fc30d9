#include "incident/answer/naming.h"

#include <gtest/gtest.h>

#include "incident/answer/text_answer.h"

namespace tocsin::incident {
namespace {

const std::vector<std::string> kCouple = {"Ana Okafor", "Ben Okafor"};

NamedAnswer read_of_several(std::string_view words,
                            const std::vector<std::string>& names = kCouple) {
  return read_named_answer(words, base::Instant{}, base::Zone{}, names);
}

// "ana coming", "ben whose", …
std::string named_as(std::string_view words, const std::vector<std::string>& names = kCouple) {
  const NamedAnswer answer = read_of_several(words, names);
  if (const auto* unread = std::get_if<Unread>(&answer.said))
    return *unread == Unread::whose ? "whose" : "unread";
  return names[answer.whose] + " " + std::string{to_text(std::get<Reply>(answer.said).answer)};
}

TEST(Naming, TheNameSaysWhoseAnswerItIs) {
  EXPECT_EQ(named_as("Ana: Y 20"), "Ana Okafor coming");
  EXPECT_EQ(named_as("ben n"), "Ben Okafor no");
  EXPECT_EQ(named_as("Y 20 - Ana"), "Ana Okafor coming");
  EXPECT_EQ(named_as("Ben Okafor, later 07:00"), "Ben Okafor later");
  EXPECT_EQ(named_as("OKAFOR Ana yes 20 min"), "Ana Okafor coming");
  EXPECT_EQ(named_as("\xC3\x81na, no"), "Ana Okafor no") << "an accent more";
  EXPECT_EQ(named_as("no sorry\nBen"), "Ben Okafor no");
}

TEST(Naming, WithoutOneNameNobodyIsGuessed) {
  for (const char* words : {"Y 20", "N", "Okafor Y 20", "Ana and Ben Y 20", "Ana Y 20, Ben N",
                            "Anabel Y 20", "", "20 min", "A Y 20"})
    EXPECT_EQ(named_as(words), "whose") << words;
}

TEST(Naming, ANameThatIsAnAnswerCountsAsAWhole) {
  const std::vector<std::string> names = {"Will Hope", "May Park"};
  EXPECT_EQ(named_as("will be there in 20 min", names), "whose");
  EXPECT_EQ(named_as("Will Hope: Y 20", names), "Will Hope coming");
  EXPECT_EQ(named_as("Park: N", names), "May Park no");
}

TEST(Naming, ThatOneNameStandsInAnotherIsNoMatter) {
  const std::vector<std::string> names = {"Ana Maria Lopez", "Maria Lopez"};
  EXPECT_EQ(named_as("Ana Y 20", names), "Ana Maria Lopez coming");
  EXPECT_EQ(named_as("Maria Y 20", names), "whose");
  EXPECT_EQ(named_as("Ana Maria Lopez Y 20", names), "whose") << "both names stand there";
}

// Whoever shares an address may ask for quiet and is no program, with or without a name.
TEST(Naming, IsNotNeededWhereNothingIsBelieved) {
  EXPECT_EQ(std::get<Unread>(read_of_several("STOP").said), Unread::stop);
  EXPECT_EQ(std::get<Unread>(read_of_several("Out of office: I am away until Monday.").said),
            Unread::automatic);
}

TEST(Naming, AnAddressOfOnePersonNeedsNoName) {
  EXPECT_EQ(named_as("Y 20", {"Ana Okafor"}), "Ana Okafor coming");
  EXPECT_EQ(named_as("Ben Y 20", {"Ana Okafor"}), "unread") << "somebody else's name is not hers";
}

}  // namespace
}  // namespace tocsin::incident
