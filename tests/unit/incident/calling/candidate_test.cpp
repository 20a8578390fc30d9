#include "incident/calling/candidate.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <utility>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

void asks_for(Night& night, const char* id, const char* post) {
  night.happens(
      1,
      Issued{seal::random_message_id(night.random), PersonId{id}, playbook::MessageKind::request,
             kPhone, PostId{post}, 1, at(720), "", "first"},
      "");
}

TEST(Candidate, EachOfTheseAloneKeepsSomebodyFromBeingAsked) {
  const PersonId ana{"ana"};
  const PostId nurse{"resus/nurse/response"};
  const std::array<std::pair<const char*, std::function<void(Night&)>>, 9> reasons = {{
      {"asked", [](Night& n) { asks_for(n, "ana", "resus/nurse/response"); }},
      {"answered", [](Night& n) { n.replies(1, "ana", Answer::no, 0); }},
      {"offered", [](Night& n) { n.replies(1, "ana", Answer::coming, 20); }},
      {"arrived", [](Night& n) { n.replies(1, "ana", Answer::arrived, 1); }},
      {"left", [](Night& n) { n.replies(1, "ana", Answer::leaving, 1); }},
      {"pinned",
       [&](Night& n) {
         n.happens(1, Pinned{ana, nurse, "an order"});
       }},
      {"released",
       [&](Night& n) {
         n.happens(1, Released{ana, "an order"});
       }},
      {"seated",
       [&](Night& n) {
         n.happens(1, Assigned{ana, nurse, 0, at(20), ""}, "");
       }},
      {"in reserve",
       [&](Night& n) {
         n.happens(1, Reserved{ana, "first in line"}, "");
       }},
  }};
  for (const auto& [name, happens] : reasons) {
    Night night;
    EXPECT_TRUE(is_candidate(night.state, night.index("ana"))) << name;
    happens(night);
    EXPECT_FALSE(is_candidate(night.state, night.index("ana"))) << name;
    EXPECT_TRUE(is_candidate(night.state, night.index("ben"))) << name;
  }
}

TEST(Candidate, WhoWorksIsAwayOrCannotBeReachedIsNotAsked) {
  std::vector<roster::Responder> staff = Night::staff();
  staff[0].employment = roster::Employment::inactive;  // Ana
  staff[1].contacts.front().working = false;           // Ben
  const auto span = [](const char* id, roster::Duty duty) {
    return roster::Stint{PersonId{id}, duty, {}, {}, at(-60), at(60)};
  };
  const Night night{
      kPlaybook, std::move(staff),
      roster::Rota{1,
                   {span("cyn", roster::Duty::on_duty), span("dee", roster::Duty::absent),
                    span("eli", roster::Duty::on_call)},
                   {}}};
  for (const char* id : {"ana", "ben", "cyn", "dee", "gus"})
    EXPECT_FALSE(is_candidate(night.state, night.index(id))) << id;
  EXPECT_TRUE(is_candidate(night.state, night.index("eli")));  // on call is at home
  EXPECT_TRUE(
      is_candidate(night.state, night.index("fay")));  // which post they can hold is no matter
}

TEST(Candidate, WhoseDutyIsUnknownCanBeAsked) {
  const roster::Rota ended{
      1, {{PersonId{"ana"}, roster::Duty::on_duty, {}, {}, at(-90'000), at(-89'000)}}, {}};
  const Night night{kPlaybook, Night::staff(), ended};
  EXPECT_EQ(night.of("ana").duty, roster::Duty::unknown);
  for (const char* id : {"ana", "ben"}) EXPECT_TRUE(is_candidate(night.state, night.index(id)));
}

TEST(Candidate, OnlyWhoWasSilentAboutTheFirstShiftIsAskedAgain) {
  Night night;
  const auto again = [&](const char* id) {
    return may_be_asked_again(night.state, night.index(id));
  };
  asks_for(night, "ana", "resus/nurse/response");
  asks_for(night, "ben", "resus/nurse/response");
  asks_for(night, "cyn", "resus/nurse/relief");
  EXPECT_FALSE(again("ana"));  // still waited for
  night.replies(2, "ben", Answer::later, 480);
  for (const char* id : {"ana", "ben", "cyn", "eli"})
    night.happens(3, StoodDown{PersonId{id}, "somebody else has the seat"}, "");
  EXPECT_TRUE(again("ana"));
  EXPECT_FALSE(again("ben"));  // has answered
  EXPECT_FALSE(again("cyn"));  // was asked for the next shift already
  EXPECT_FALSE(again("eli"));  // was never asked
  EXPECT_FALSE(is_candidate(night.state, night.index("ana")));  // it is not their first time
}

}  // namespace
}  // namespace tocsin::incident
