#include "incident/seating/pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "incident/loop/placement.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// Everything that a pool says must follow from whom it seats.
void expect_consistent(const Night& night, const Pool& pool) {
  const State& state = night.state;
  std::vector<int> filled(state.slots.size(), 0);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const auto seat = pool.seat_of(p);
    if (!seat) continue;
    const Person& person = state.people[p];
    EXPECT_FALSE(person.left || person.missed || person.status == Status::released);
    EXPECT_TRUE(person.arrived || person.pinned || person.answer != Answer::no);
    EXPECT_TRUE(person.pinned || state.can_hold(p, state.slots[*seat].post));
    if (!pool.is_spare(p)) ++filled[*seat];
  }
  std::vector<int> open(state.playbook.posts.size(), 0);
  for (SlotIndex s = 0; s < state.slots.size(); ++s) {
    EXPECT_EQ(pool.filled(s), filled[s]);
    EXPECT_LE(filled[s], state.slots[s].count);
    open[state.slots[s].post] += state.slots[s].count - filled[s];
  }
  EXPECT_EQ(pool.open_by_post(), open);
  for (const EmptySeats& empty : pool.empty_seats(state)) {
    EXPECT_EQ(empty.count, open[empty.post]);
    EXPECT_FALSE(empty.reason.empty());
    open[empty.post] = 0;
  }
  EXPECT_EQ(std::accumulate(open.begin(), open.end(), 0), 0) << "an empty seat was not named";
}

void something_happens(Night& night, int minute, base::SeededRandom& random) {
  static constexpr std::array kPeople = {"ana", "ben", "cyn", "dee", "eli", "fay", "gus"};
  static constexpr std::array kPosts = {"resus/nurse/response", "resus/nurse/relief",
                                        "resus/doctor/response", "wards/nurse/response"};
  static constexpr std::array kAnswers = {Answer::coming, Answer::coming,  Answer::later,
                                          Answer::no,     Answer::arrived, Answer::last_resort,
                                          Answer::leaving};
  const char* who = kPeople[random.below(kPeople.size())];
  const PostId post{kPosts[random.below(kPosts.size())]};
  const std::uint64_t kind = random.below(8);
  if (kind == 0)
    night.happens(minute, Pinned{PersonId{who}, post, "an order"});
  else if (kind == 1)
    night.happens(minute, Released{PersonId{who}, "an order"});
  else if (kind == 2)
    night.happens(minute, NeedSet{post, random.below(4), at(minute + 30), "an order"});
  else
    night.replies(minute, who, kAnswers[random.below(kAnswers.size())],
                  minute + static_cast<int>(random.below(60)));
}

// The pool is a cache. One that followed every event and one that sees the state for the first time
// seat the same people.
TEST(PoolTest, WhatItSaysFollowsFromTheStateAlone) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    base::SeededRandom random{seed};
    Night night;
    Pool pool;
    for (int minute = 0; minute < 90; minute += 3) {
      something_happens(night, minute, random);
      pool.follow(night.state, at(minute));
      // What the pool decides is an event, too, and everybody is told where to go.
      for (;;) {
        std::vector<Body> decided = place(night.state, pool, pool.take_changed(), at(minute));
        if (decided.empty()) break;
        for (Body& body : decided) night.happens(minute, std::move(body), "");
        pool.follow(night.state, at(minute));
      }
      expect_consistent(night, pool);
      Pool fresh;
      fresh.follow(night.state, at(minute));
      ASSERT_EQ(fresh.open_by_post(), pool.open_by_post()) << minute;
      for (PersonIndex p = 0; p < night.state.people.size(); ++p)
        ASSERT_EQ(fresh.seat_of(p), pool.seat_of(p))
            << night.state.roster[p].id.str() << " at " << minute;
    }
  }
}

// Of two people pinned to a post with two times the first in the roster has the earlier seat. When
// she is sent elsewhere, the other moves up.
TEST(PoolTest, AnOrderForOnePersonMovesTheOthersOfThePost) {
  Night night;
  Pool pool;
  for (const char* id : {"ana", "ben"})
    night.happens(1, Pinned{PersonId{id}, PostId{"resus/nurse/response"}, "an order"});
  pool.follow(night.state, at(1));
  const auto by = [&](const char* id) {
    return night.state.slots[*pool.seat_of(night.index(id))].by;
  };
  EXPECT_EQ(by("ana"), base::Minutes{30});
  EXPECT_EQ(by("ben"), base::Minutes{60});
  night.happens(2, Pinned{PersonId{"ana"}, PostId{"wards/nurse/response"}, "an order"});
  pool.follow(night.state, at(2));
  EXPECT_EQ(by("ben"), base::Minutes{30});
}

TEST(PoolTest, WhoseSeatMayDifferIsReportedOnce) {
  Night night;
  Pool pool;
  pool.follow(night.state, at(0));
  EXPECT_EQ(pool.take_changed().size(), night.state.people.size());
  EXPECT_TRUE(pool.take_changed().empty());
  night.replies(1, "ana", Answer::coming, 25);
  pool.follow(night.state, at(1));
  EXPECT_EQ(pool.take_changed(), std::vector{night.index("ana")});
  pool.follow(night.state, at(2));
  EXPECT_TRUE(pool.take_changed().empty());
}

TEST(PoolTest, WhoIsKeptOutGetsOnlyThePostsThatAreOpenToAll) {
  Night night;
  Pool pool;
  night.replies(1, "ana", Answer::last_resort, 0);
  pool.follow(night.state, at(1));
  EXPECT_FALSE(pool.seat_of(night.index("ana")));
  const PostIndex ward = night.post("wards/nurse/response");
  pool.open_to_all(night.state, {ward});
  ASSERT_TRUE(pool.seat_of(night.index("ana")));
  EXPECT_EQ(night.state.slots[*pool.seat_of(night.index("ana"))].post, ward);
  pool.open_to_all(night.state, {});
  EXPECT_FALSE(pool.seat_of(night.index("ana")));
}

// Somebody of the ward who is in the area already is not passed over for one who comes from home.
TEST(PoolTest, WhoHasComeFromTheWardIsThereForAnySeat) {
  Night night = Night(
      kPlaybook, Night::staff(),
      roster::Rota{
          1, {{roster::PersonId{"ana"}, roster::Duty::on_duty, {}, {}, at(-60), at(600)}}, {}});
  night.happens(0, NeedSet{PostId{"resus/nurse/response"}, 0, at(60), "not needed"});
  night.happens(0, NeedSet{PostId{"wards/nurse/response"}, 0, at(60), "not needed"});
  night.happens(1, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(5), "on duty"});
  night.replies(2, "ana", Answer::arrived, 0);
  night.happens(3, Reserved{PersonId{"ana"}, "first in line"});
  Pool pool;
  pool.follow(night.state, at(3));
  EXPECT_FALSE(pool.seat_of(night.index("ana")));
  night.happens(4, NeedSet{PostId{"resus/nurse/response"}, 1, at(60), "after all"});
  pool.follow(night.state, at(4));
  EXPECT_TRUE(pool.seat_of(night.index("ana")));
}

TEST(PoolTest, WhoWaitsAtHomeIsFurtherAwayAsTimePasses) {
  Night night;
  Pool pool;
  const auto post = [&] { return night.state.slots[*pool.seat_of(night.index("ben"))].post; };
  night.replies(1, "ben", Answer::coming, 31);
  night.happens(1, Reserved{PersonId{"ben"}, "first in line"}, "");
  // His journey is planned with 48 minutes. Who is there from 360 on comes for the next shift. Time
  // moves in steps of five minutes.
  pool.follow(night.state, at(310));
  EXPECT_EQ(post(), night.post("resus/nurse/response"));
  pool.follow(night.state, at(311));
  EXPECT_EQ(post(), night.post("resus/nurse/relief"));
}

}  // namespace
}  // namespace tocsin::incident
