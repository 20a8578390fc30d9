#include "incident/seating/rest.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using base::Minutes;

bool breaks(const Night& night, const char* id) {
  return would_break_rest(night.state, night.index(id));
}

TEST(Rest, WorkBeginsAfterTheJourneyAndEndsWithTheFirstShift) {
  Night night;
  playbook::Rest& rest = night.state.playbook.limits.rest;
  // Dee's day ended 160 minutes before the declaration, and she lives 10 minutes away. Her own day
  // of more than 11 hours is not the question.
  rest = {Minutes{170}, Minutes{13 * 60}, Minutes{72 * 60}, Minutes{0}};
  EXPECT_FALSE(breaks(night, "dee"));
  rest.between_shifts = Minutes{171};
  EXPECT_TRUE(breaks(night, "dee"));
  rest.between_shifts = Minutes{0};
  // From her door to the end of the shift of eight hours.
  rest.longest_shift = Minutes{8 * 60 - 10};
  EXPECT_FALSE(breaks(night, "dee"));
  rest.longest_shift = Minutes{8 * 60 - 11};
  EXPECT_TRUE(breaks(night, "dee"));
}

TEST(Rest, EachRuleIsThePlaybooks) {
  Night night{std::string{kPlaybook} +
              "  rest: {between_shifts: 1h, longest_shift: 2h, week: 3h, after_nights: 4h}\n"};
  const roster::RestRules rules = rest_rules(night.state);
  EXPECT_EQ(rules.between_shifts, Minutes{60});
  EXPECT_EQ(rules.longest_shift, Minutes{120});
  EXPECT_EQ(rules.week, Minutes{180});
  EXPECT_EQ(rules.after_nights, Minutes{240});
}

TEST(Rest, WhoHasNoWorkInTheRotaHasRested) {
  const Night night;
  for (const char* id : {"ana", "ben", "cyn", "eli", "fay", "gus"})
    EXPECT_FALSE(breaks(night, id)) << id;
  EXPECT_TRUE(breaks(night, "dee"));
}

}  // namespace
}  // namespace tocsin::incident
