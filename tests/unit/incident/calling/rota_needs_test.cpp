#include "incident/calling/rota_needs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

std::string with_a_key_role() {
  std::string text = kPlaybook;
  const std::string_view cascade = "cascade:\n";
  return text.replace(text.find(cascade), cascade.size(),
                      "cascade:\n  key_roles: [{post: resus/doctor, on_call: emergency-lead}]\n");
}

std::vector<std::string> names(const State& state) {
  std::vector<std::string> out;
  for (const roster::RotaNeed& need : rota_needs(state))
    out.push_back(std::string{to_text(need.kind)} + " " + need.name);
  return out;
}

TEST(RotaNeeds, AreOnCallRolesKeyPostsAndSafeNumbersOfTheFirstShift) {
  const Night night{with_a_key_role(), Night::staff(), roster::Rota{}};
  EXPECT_EQ(names(night.state),
            (std::vector<std::string>{"on-call role emergency-lead", "minimum resus/nurse/response",
                                      "key role resus/doctor/response"}));
}

// Eli is on call for two hours and could hold the doctor's post; nobody is on call for its role.
TEST(RotaNeeds, SayWhenNobodyMeetsThem) {
  const Night night{
      with_a_key_role(), Night::staff(),
      roster::Rota{1,
                   {{PersonId{"eli"}, roster::Duty::on_call, {}, {}, at(-60), at(120)},
                    {PersonId{"ana"}, roster::Duty::on_duty, {}, {}, at(-60), at(600)}},
                   {}}};
  const roster::Coverage found = coverage(night.state);
  ASSERT_EQ(found.uncovered.size(), 2U);
  EXPECT_EQ(found.uncovered[0].name, "emergency-lead");
  EXPECT_EQ(found.uncovered[0].times, (std::vector{roster::Stretch{at(0), at(600)}}));
  EXPECT_EQ(found.uncovered[1].name, "resus/doctor/response");
  EXPECT_EQ(found.uncovered[1].times, (std::vector{roster::Stretch{at(120), at(600)}}));
}

}  // namespace
}  // namespace tocsin::incident
