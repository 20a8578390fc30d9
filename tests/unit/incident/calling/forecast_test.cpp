#include "incident/calling/forecast.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using base::Minutes;

Night with_nurses(int count) {
  std::vector<roster::Responder> people;
  for (int i = 0; i < count; ++i)
    people.push_back(Night::person(("n" + std::to_string(100 + i)).c_str(), "N", {"nurse"}, 10));
  Night night{kPlaybook, std::move(people), {}};
  night.happens(0, NeedSet{PostId{"wards/nurse/response"}, 30, at(60), "many are hurt"});
  return night;
}

std::string nurse(int i) { return "n" + std::to_string(100 + i); }

void seat(Night& night, int minute, const std::string& id, int arrives) {
  night.replies(minute, id.c_str(), Answer::coming, arrives);
  night.happens(minute, Assigned{PersonId{id}, PostId{"wards/nurse/response"}, 0, at(arrives), ""},
                "");
}

TEST(Forecast, SilenceAtTheDoorMeansSomethingWherePeopleReport) {
  // 4 % of those from home do not come. One who has not reported is at most twice that share of
  // all who are due when 12 others have (tocsin-forecast(7), Not coming).
  for (const int reported : {0, 1, 11, 12, 13}) {
    Night night = with_nurses(20);
    for (int i = 0; i <= reported; ++i) seat(night, 1, nurse(i), 21);
    for (int i = 0; i < reported; ++i) night.replies(22, nurse(i).c_str(), Answer::arrived, 22);
    EXPECT_TRUE(missed(night.state, at(32)).empty());  // the longest journey takes until 33
    const std::vector<Body> events = missed(night.state, at(33));
    ASSERT_EQ(events.size(), reported >= 12 ? 1U : 0U) << reported;
    if (events.empty()) continue;
    EXPECT_EQ(std::get<Missed>(events.front()).person.str(), nurse(reported));
    EXPECT_EQ(std::get<Missed>(events.front()).why,
              "expected " + base::local_clock(at(21)) + ", and has not come");
  }
}

TEST(Forecast, IsDueWhenItIsOldOrASeatHasLostItsHolder) {
  Night night = with_nurses(5);
  EXPECT_TRUE(is_review_due(night.state, at(0)));
  EXPECT_FALSE(next_review(night.state));
  seat(night, 1, nurse(0), 21);
  night.happens(2, Forecasted{}, "");
  EXPECT_FALSE(is_review_due(night.state, at(2)));
  seat(night, 3, nurse(1), 23);  // one more is no reason
  EXPECT_FALSE(is_review_due(night.state, at(3)));
  EXPECT_TRUE(is_review_due(night.state, at(2) + kReviewEvery));
  EXPECT_EQ(next_review(night.state), at(2) + kReviewEvery);
  night.replies(4, nurse(0).c_str(), Answer::no, 0);
  night.replies(4, nurse(1).c_str(), Answer::no, 0);
  EXPECT_TRUE(is_review_due(night.state, at(4)));
  night.happens(4, Forecasted{}, "");
  EXPECT_FALSE(is_review_due(night.state, at(4)));
  EXPECT_FALSE(next_review(night.state)) << "nobody is waited for";
  // As many groups of seats as before, and one of them is larger.
  night.happens(4, NeedSet{PostId{"wards/nurse/response"}, 31, at(60), "more"});
  EXPECT_TRUE(is_review_due(night.state, at(4))) << "a need has changed";
}

TEST(Forecast, OfWhomEverybodyHasArrivedNothingIsUncertain) {
  Night night = with_nurses(5);
  seat(night, 1, nurse(0), 21);
  night.happens(2, Forecasted{}, "");
  EXPECT_TRUE(next_review(night.state));
  night.replies(21, nurse(0).c_str(), Answer::arrived, 21);
  EXPECT_FALSE(next_review(night.state));
}

TEST(Forecast, EveryoneWhoWasAskedIsCountedOnce) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    base::SeededRandom random{seed};
    Night night = with_nurses(30);
    const int asked = static_cast<int>(random.below(30));
    for (int i = 0; i < asked; ++i)
      night.happens(
          0,
          Issued{seal::random_message_id(night.random), PersonId{nurse(i)},
                 playbook::MessageKind::request, random.chance(0.7) ? ChannelId{"relay"} : kPhone,
                 PostId{"wards/nurse/response"}, 1, at(720), "", "first"},
          "");
    for (int i = 0; i < 30; ++i)
      if (random.chance(0.5))
        night.replies(static_cast<int>(i), nurse(i).c_str(),
                      std::array{Answer::coming, Answer::later, Answer::last_resort,
                                 Answer::no}[random.below(4)],
                      60, random.chance(0.5) ? ChannelId{"relay"} : kPhone);
    const callout::Evidence evidence = evidence_of(night.state, at(40));
    // Offers, which nobody asked for, say nothing of those who are asked.
    const Counts counts = night.state.counts();
    EXPECT_EQ(evidence.coming, counts.yes);
    EXPECT_EQ(evidence.coming + evidence.later + evidence.last_resort + evidence.no,
              counts.replied);
    EXPECT_EQ(evidence.answered + evidence.picked_up, counts.replied);
    // Who was reached first by telephone has had no device to be silent on. Who had one and
    // answered the telephone was silent on it.
    int by_device = 0;
    for (const Person& person : night.state.people)
      by_device += person.was_asked() && person.answered_on != ChannelId{"relay"} &&
                           night.state.messages[person.messages.front()].channel != kPhone
                       ? 1
                       : 0;
    EXPECT_EQ(
        std::accumulate(evidence.silent_by_minute.begin(), evidence.silent_by_minute.end(), 0) +
            evidence.silent_for_good,
        by_device);
  }
}

TEST(Forecast, ExpectsMoreAsTimePassesAndNeverMoreThanSeats) {
  Night night;
  night.settle(0);
  seat(night, 1, "cyn", 21);
  night.replies(1, "ana", Answer::coming, 25);
  night.replies(2, "dee", Answer::coming, 12);
  night.settle(3);
  night.replies(12, "dee", Answer::arrived, 12);
  const std::vector<Minutes> after{Minutes{0}, Minutes{5}, Minutes{15}, Minutes{30}, Minutes{600}};
  const auto seats = expected_seats(night.state, at(12), after);
  ASSERT_EQ(seats.size(), night.state.playbook.posts.size());
  for (PostIndex p = 0; p < seats.size(); ++p) {
    EXPECT_TRUE(std::is_sorted(seats[p].begin(), seats[p].end()));
    EXPECT_GE(seats[p].front(), 0);
    EXPECT_LE(seats[p].back(), night.state.playbook.posts[p].count());
  }
  EXPECT_EQ(seats[night.post("resus/doctor/response")].front(), 1);  // Dee is here
  // Ana promised 24 minutes and takes up to 1.6 times that, unless she is the one in 25.
  const auto& nurses = seats[night.post("resus/nurse/response")];
  EXPECT_EQ(nurses.front(), 0);
  EXPECT_GT(nurses.back(), 0.96);
}

TEST(Forecast, AsksAboutThoseWhoCanBeAskedAndNobodyElse) {
  Night night;
  Pool pool;
  const auto candidates = [&] {
    pool.follow(night.state, at(3));
    std::set<std::string> ids;
    for (const auto& one :
         question_of(night.state, pool, callout::Belief{callout::Evidence{}}, at(3)).candidates)
      ids.insert(night.state.roster[one.person].id.str());
    return ids;
  };
  EXPECT_EQ(candidates(), (std::set<std::string>{"ana", "ben", "cyn", "dee", "eli", "fay"}));
  night.replies(1, "ana", Answer::no, 0);
  night.state.keeps_rest = true;  // and Dee's would be broken
  EXPECT_EQ(candidates(), (std::set<std::string>{"ben", "cyn", "eli", "fay"}));
  const auto question =
      question_of(night.state, pool, callout::Belief{callout::Evidence{}}, at(40));
  for (const callout::Post& post : question.posts) {
    // The seat at 30 is past. Later times include the earlier ones.
    if (post.post == night.post("resus/nurse/response")) {
      ASSERT_EQ(post.deadlines.size(), 1U);
      EXPECT_EQ(post.deadlines.front().seats, 2);
      EXPECT_EQ(post.deadlines.front().left, 20);
      EXPECT_EQ(post.open, 2);
    }
    EXPECT_EQ(post.takes_later, night.state.is_relief(post.post));
    EXPECT_EQ(post.at_all.seats, night.state.playbook.posts[post.post].count());
  }
}

}  // namespace
}  // namespace tocsin::incident
