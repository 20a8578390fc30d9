#include "roster/reading/summary.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tocsin::roster {
namespace {

class SummaryTest : public ::testing::Test {
 protected:
  SummaryTest() {
    std::vector<Responder> people(5);
    const char* names[] = {"Ana Bell", "Ben Moss", "Mary Ann Bell", "Ann Bell", "Zoe Day"};
    for (std::size_t i = 0; i < people.size(); ++i) {
      people[i].id = PersonId{std::to_string(i + 1)};
      people[i].name = names[i];
      people[i].role = RoleId{"anaesthetist"};
    }
    roster_ = Roster{1, {}, std::move(people)};
  }

  // "1,2: words"; "?" when nobody is named for sure.
  std::string within(const std::string& text) const {
    const People people{roster_};
    const DutyWords words{mapping_, meanings_, roster_};
    const auto found = Summaries{people, words}.named_within(text);
    if (!found) return "?";
    std::string out;
    for (const Responder* one : found->people)
      out += (out.empty() ? "" : ",") + std::string{one->id.str()};
    return out + ": " + std::string{base::trim(found->words)};
  }

  Mapping mapping_;
  Meanings meanings_;
  Roster roster_;
};

TEST_F(SummaryTest, ANameAmongWordsThatCannotBelongToIt) {
  EXPECT_EQ(within("Ana Bell on call"), "1: on call");
  EXPECT_EQ(within("On call anaesthetist Ana Bell"), "1: On call anaesthetist");
  EXPECT_EQ(within("Night BELL, Ana"), "1: Night");
  EXPECT_EQ(within("Dr. Ana Bell (on call)"), "1: (on call)");
  EXPECT_EQ(within("LD Ana Bell 07:30-20:00"), "1: LD   07:30-20:00");
  EXPECT_EQ(within("Mary Ann Bell long day"), "3: long day");
  EXPECT_EQ(within("Zoe Day day"), "5: day");
  EXPECT_EQ(within("On call Ana Bell and Ben Moss"), "1,2: On call");
  EXPECT_EQ(within("Ana Bell / Ben Moss: on call"), "1,2: : on call");
}

TEST_F(SummaryTest, WhoeverMayBeSomebodyElseIsNobody) {
  for (const char* text :
       {"Zara Ana Bell on call", "Ana Bell Smith on call", "Ana Bell-Smith on call",
        "On call for Ana Bell", "On call, covering Ana Bell", "Ana Bell on call (Ben Moss cover)",
        "Ana Bell on call until 20:00, then Ben Moss", "Ana Bell to Ben Moss on call",
        "Ana Bell’s on call", "On call Bell", "On call", "", "Ana Bell or Ben Moss on call",
        "Ana: Bell on call", "Swap Ana Bell on call", "Ask Ana Bell on call"})
    EXPECT_EQ(within(text), "?") << text;
}

TEST_F(SummaryTest, NamesBesideAColonOrADash) {
  const People people{roster_};
  const DutyWords words{mapping_, meanings_, roster_};
  const Summaries summaries{people, words};
  EXPECT_EQ(summaries.split("On call: Ana Bell").people.size(), 1u);
  EXPECT_EQ(summaries.split("Ana Bell - Night").words, "Night");
  EXPECT_EQ(summaries.split("Night: Bleep 1234").behind, " Bleep 1234");
  EXPECT_EQ(summaries.person_named("2")->name, "Ben Moss");
  EXPECT_EQ(summaries.person_named("Bell"), nullptr);
}

}  // namespace
}  // namespace tocsin::roster
