#include "incident/coordinator/shortfall.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

constexpr const char* kNurse = "resus/nurse/response";
constexpr const char* kDoctor = "resus/doctor/response";
constexpr const char* kRelief = "resus/nurse/relief";

// Nobody more can be asked for these posts, and all that is likely is this.
void forecast(Night& night, int minute, std::vector<const char*> exhausted,
              std::uint64_t per_mille = 300) {
  Forecasted body;
  for (const char* post : exhausted) {
    body.outlook.push_back({PostId{post}, 0, per_mille});
    body.exhausted.emplace_back(post);
  }
  night.happens(minute, std::move(body), "");
}

void ask(Night& night, const char* id, const char* post) {
  night.happens(
      0,
      Issued{seal::random_message_id(night.random), PersonId{id}, playbook::MessageKind::request,
             kPhone, PostId{post}, 1, at(720), "", "first"},
      "");
}

void seat(Night& night, int minute, const char* id, const char* post, int arrives) {
  night.replies(minute, id, Answer::coming, arrives);
  night.happens(minute, Assigned{PersonId{id}, PostId{post}, 0, at(arrives), ""}, "");
}

const playbook::Area& resus(const Night& night) { return night.state.playbook.areas.front(); }

int missing(const Night& night, int minute, const char* post) {
  for (const Shortfall& one : shortfalls_of(night.state, resus(night), at(minute)))
    if (one.post == night.post(post)) return one.missing;
  return 0;
}

TEST(ShortfallTest, IsWhatNobodyCanFillAnyMore) {
  Night night;
  EXPECT_TRUE(shortfalls_of(night.state, resus(night), at(0)).empty());
  for (const char* id : {"ana", "ben"}) ask(night, id, kNurse);
  forecast(night, 5, {kNurse});
  EXPECT_EQ(missing(night, 5, kNurse), 0);   // two are open, and two may still answer
  EXPECT_EQ(missing(night, 5, kDoctor), 0);  // somebody is left to ask
  night.replies(6, "ben", Answer::no, 0);
  EXPECT_EQ(missing(night, 6, kNurse), 1);
  seat(night, 7, "ana", kNurse, 27);
  EXPECT_EQ(missing(night, 7, kNurse), 1);
  forecast(night, 8, {kNurse}, 950);  // the target of priority 1
  EXPECT_EQ(missing(night, 8, kNurse), 0);
  forecast(night, 9, {kNurse}, 949);
  EXPECT_EQ(missing(night, 9, kNurse), 1);
  EXPECT_EQ(missing(night, 480, kNurse), 0) << "the shift is over";
}

TEST(ShortfallTest, ANeighbourIsAskedFourHoursBeforeAShift) {
  Night night;
  forecast(night, 1, {kRelief});
  EXPECT_EQ(missing(night, 239, kRelief), 0);
  EXPECT_EQ(missing(night, 240, kRelief), 1);
}

TEST(ShortfallTest, WhatIsAboveTheSafeNumberCanBeDoneWithout) {
  Night night;
  forecast(night, 1, {kNurse, kDoctor});
  for (const char* id : {"none", "ana", "ben"}) {
    if (id != std::string_view{"none"}) seat(night, 1, id, kNurse, 25);
    const auto all = shortfalls_of(night.state, resus(night), at(2));
    for (const Shortfall& one : all) {
      const playbook::Post& post = night.state.playbook.posts[one.post];
      // A doctor has no safe number; the last of a post is never done without.
      const int safe = std::max(post.minimum, 1);
      EXPECT_EQ(one.is_dispensable, post.count() - one.missing >= safe) << post.id.str() << id;
    }
    EXPECT_EQ(all.size(), id == std::string_view{"ben"} ? 1U : 2U);
  }
  EXPECT_EQ(words_of(night.state, {night.post(kNurse), 2, true}), "2 Trauma nurse");
}

TEST(ShortfallTest, ALeadIsMissedWhenNobodyComesOrItsTimeHasPassed) {
  Night night;
  EXPECT_FALSE(missing_lead(night.state, resus(night), at(40))) << "the area has no lead";
  night.state.playbook.areas.front().lead = playbook::RoleId{"doctor"};
  const PostIndex doctor = night.post(kDoctor);
  EXPECT_FALSE(missing_lead(night.state, resus(night), at(29)));
  EXPECT_EQ(missing_lead(night.state, resus(night), at(30)), doctor);
  forecast(night, 5, {kDoctor});
  EXPECT_EQ(missing_lead(night.state, resus(night), at(5)), doctor);
  // It is then one question about the lead, and not one about a gap as well.
  EXPECT_EQ(missing(night, 5, kDoctor), 0);
  ask(night, "eli", kDoctor);
  EXPECT_FALSE(missing_lead(night.state, resus(night), at(5)));
  seat(night, 6, "eli", kDoctor, 46);
  EXPECT_FALSE(missing_lead(night.state, resus(night), at(40))) << "somebody is on the way";
}

TEST(ShortfallTest, WhoIsThereLeadsBeforeWhoComesFirst) {
  Night night;
  EXPECT_FALSE(stand_in(night.state, resus(night), at(1)));
  seat(night, 1, "ben", kNurse, 31);
  seat(night, 1, "ana", kNurse, 21);
  seat(night, 1, "gus", kNurse, 6);  // cannot be told, having no number
  seat(night, 1, "cyn", "wards/nurse/response", 5);
  EXPECT_EQ(stand_in(night.state, resus(night), at(2)), night.index("ana"));
  night.replies(25, "ben", Answer::arrived, 25);
  EXPECT_EQ(stand_in(night.state, resus(night), at(25)), night.index("ben"));
  EXPECT_FALSE(stand_in(night.state, resus(night), at(480))) << "of the running shift";
}

TEST(ShortfallTest, RestIsAskedAboutWhenOnlyTheTiredAreLeft) {
  Night night;
  const std::vector doctor{night.post(kDoctor)};
  EXPECT_TRUE(rest_only(night.state, at(1)).empty());  // Eli is left, too
  ask(night, "eli", kDoctor);
  EXPECT_TRUE(rest_only(night.state, at(1)).empty());  // may still answer
  night.replies(2, "eli", Answer::no, 0);
  EXPECT_EQ(rest_only(night.state, at(2)), doctor);
  ask(night, "dee", kDoctor);
  EXPECT_EQ(rest_only(night.state, at(2)), doctor);
  night.replies(3, "dee", Answer::no, 0);
  EXPECT_TRUE(rest_only(night.state, at(3)).empty()) << "that is a gap, and no question of rest";
}

TEST(ShortfallTest, TheWorstTimeOfAPostCounts) {
  Night night;
  EXPECT_FALSE(least_likely(night.state, night.post(kNurse)));
  night.happens(
      1,
      Forecasted{{{PostId{kNurse}, 0, 970}, {PostId{kNurse}, 1, 410}, {PostId{kDoctor}, 0, 20}},
                 {}},
      "");
  EXPECT_EQ(least_likely(night.state, night.post(kNurse)), 410);
  EXPECT_FALSE(least_likely(night.state, night.post(kRelief)));
}

TEST(ShortfallTest, ThePlaybookIsNamedWhenItIsWhatStopsTheCalls) {
  Night night{std::string{kPlaybook} + "  largest_share: 15%\n"};  // one of seven
  const std::vector<Shortfall> nurses{{night.post(kNurse), 1, true}};
  EXPECT_EQ(reason_of(night.state, nurses), "nobody is left on the roster");
  ask(night, "ana", kNurse);
  EXPECT_EQ(reason_of(night.state, nurses), "as many were called as largest_share allows");
  night.replies(1, "ben", Answer::no, 0);  // the only other one who could have been called
  EXPECT_EQ(reason_of(night.state, nurses), "nobody is left on the roster");
}

}  // namespace
}  // namespace tocsin::incident
