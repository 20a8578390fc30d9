#include "incident/view/board.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

TEST(BoardTest, AtFirstEverythingIsOpenAndTheWorstAreaLeads) {
  const Night night;
  const Board b = board(night.state, at(0));
  EXPECT_EQ(b.seats.required, 4);
  EXPECT_EQ(b.seats.filled, 0);
  ASSERT_EQ(b.areas.size(), 2U);
  EXPECT_EQ(b.areas[0].id.str(), "resus");
  EXPECT_EQ(b.areas[0].seats.required, 3);
  EXPECT_EQ(b.areas[0].minimum, 1);
  EXPECT_EQ(b.areas[0].below_minimum, 1);
  ASSERT_EQ(b.areas[0].gaps.size(), 2U);
  EXPECT_EQ(b.areas[0].gaps[0].by, at(30));
  EXPECT_EQ(b.areas[0].gaps[0].missing + b.areas[0].gaps[1].missing, 3);
}

TEST(BoardTest, CountsSeatsInTimeHereAndInbound) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 25);
  night.replies(5, "eli", Answer::coming, 50);  // needed by 30: the seat is filled late
  night.replies(6, "cyn", Answer::coming, 20);
  night.settle(6);
  Board b = board(night.state, at(6));
  EXPECT_EQ(b.seats.filled, 3);
  EXPECT_EQ(b.seats.on_time, 2);
  EXPECT_EQ(b.seats.arrived, 0);
  // Within 15 min: Cyn. Within 30: Ana too. Within 60: Eli too.
  EXPECT_EQ(b.inbound, (std::array<int, 3>{1, 2, 3}));
  EXPECT_EQ(b.inbound_later, 0);

  night.replies(19, "cyn", Answer::arrived, 0);
  b = board(night.state, at(20));
  EXPECT_EQ(b.seats.arrived, 1);
  EXPECT_EQ(b.inbound, (std::array<int, 3>{1, 2, 2}));
  EXPECT_EQ(b.areas.back().id.str(), "wards");  // full, so last
}

TEST(BoardTest, CountsPeopleWithAWrongNumber) {
  Night night;
  night.settle(0);
  const Board before = board(night.state, at(1));
  night.happens(1, CallEnded{0, night.state.events, PersonId{"ana"}, 1, std::string{kWrongNumber}});
  const Board after = board(night.state, at(1));
  EXPECT_EQ(before.wrong_numbers, 0);
  EXPECT_EQ(after.wrong_numbers, 1);
  EXPECT_EQ(after.phone_list, before.phone_list - 1);
}

TEST(BoardTest, CountsPeopleOfWhomTheRotaDoesNotSay) {
  const roster::Rota ended{
      1, {{PersonId{"ana"}, roster::Duty::on_duty, {}, {}, at(-90'000), at(-89'000)}}, {}};
  const Night night{kPlaybook, Night::staff(), ended};
  const Board shown = board(night.state, at(1));
  EXPECT_EQ(shown.duty_unknown, static_cast<int>(Night::staff().size()));
  EXPECT_NE(shown.rota, "");
}

TEST(BoardTest, LooksBackToWhatWasKnown) {
  Night night;
  night.settle(0);
  const Board before = board(night.state, at(1));
  EXPECT_GT(before.counts.called, 0);
  EXPECT_EQ(before.counts.replied, 0);
  EXPECT_EQ(before.phone_list, before.counts.called);
}

TEST(BoardTest, AForecastFromBeforeASeatWasFilledIsNotShown) {
  Night night;
  night.settle(0);
  const auto wards = [&](int minute) {
    const Board b = board(night.state, at(minute));
    return *std::find_if(b.areas.begin(), b.areas.end(),
                         [](const AreaLine& line) { return line.id.str() == "wards"; });
  };
  ASSERT_TRUE(wards(1).forecast);
  night.replies(2, "cyn", Answer::coming, 20);
  night.settle(2);
  ASSERT_EQ(wards(2).seats.filled, 1);
  EXPECT_EQ(wards(2).forecast.has_value(), night.state.reviewed == at(2));
  for (int minute = 3; minute < 10; ++minute) night.settle(minute);
  ASSERT_TRUE(wards(10).forecast);
  EXPECT_GT(*wards(10).forecast, 0.9);
}

TEST(BoardTest, KeepsWhatStoodAtTheEnd) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 25);
  night.replies(6, "cyn", Answer::coming, 20);
  night.settle(6);
  night.replies(19, "cyn", Answer::arrived, 0);
  const Board before = board(night.state, at(30));
  ASSERT_EQ(before.seats.filled, 2);
  night.happens(30, Ended{"nobody else is expected"});
  night.settle(30);
  ASSERT_EQ(night.of("ana").status, Status::stood_down);
  // It is now the relief shift, but the board shows the state at the end.
  const Board after = board(night.state, at(500));
  EXPECT_EQ(after.ended_at, at(30));
  EXPECT_EQ(after.ended_by, "Dr A. Okafor");
  EXPECT_EQ(after.ended_why, "nobody else is expected");
  EXPECT_EQ(after.at, at(500));
  EXPECT_EQ(after.shift, before.shift);
  EXPECT_EQ(after.seats.filled, before.seats.filled);
  EXPECT_EQ(after.seats.arrived, before.seats.arrived);
  EXPECT_EQ(after.inbound, before.inbound);
  EXPECT_EQ(after.counts.assigned, before.counts.assigned);
  EXPECT_EQ(after.counts.stood_down, before.counts.stood_down);
  EXPECT_EQ(after.areas.front().id, before.areas.front().id);
}

TEST(BoardTest, ShowsReliefAtItsHours) {
  Night night;
  night.settle(0);
  night.replies(5, "ben", Answer::later, 8 * 60);
  night.settle(5);
  const Board b = board(night.state, at(6));
  EXPECT_TRUE(b.cover[0].planned);  // +8 h: the relief shift begins
  EXPECT_EQ(b.cover[0].seats.required, 1);
  EXPECT_EQ(b.cover[0].seats.filled, 1);
  EXPECT_TRUE(b.cover[1].planned);
  EXPECT_FALSE(b.cover[2].planned);  // +24 h: no shift is planned
}

TEST(BoardTest, TheRunningShiftChanges) {
  const Night night;
  EXPECT_EQ(board(night.state, at(479)).shift, "Response");
  EXPECT_EQ(board(night.state, at(480)).shift, "Relief");
  EXPECT_EQ(board(night.state, at(480)).seats.required, 1);
}

TEST(BoardTest, CountsPeopleWhoseRestIsBroken) {
  Night night;
  night.happens(5, Pinned{PersonId{"dee"}, PostId{"resus/doctor/response"}, "needed"});
  night.settle(5);
  EXPECT_EQ(board(night.state, at(6)).rest_breaches, 1);
}

TEST(BoardTest, OffersWaitQuietlyInThePool) {
  Night night;
  night.replies(1, "fay", Answer::coming, 10);
  night.settle(1);
  const Board b = board(night.state, at(2));
  EXPECT_EQ(b.offers_parked, 1);
  ASSERT_EQ(b.roles.size(), 1U);
  EXPECT_EQ(b.roles[0].role, "porter");
  EXPECT_EQ(b.roles[0].pool, 1);
  EXPECT_EQ(b.roles[0].reserve, 0);
}

TEST(BoardTest, AFlagWaitsUntilWhatItIsAboutIsOver) {
  Night night;
  night.happens(1, Flagged{Flag::gap, "wards", "ask a neighbour"}, "");
  ASSERT_EQ(board(night.state, at(1)).waiting.size(), 1U);
  EXPECT_EQ(board(night.state, at(1)).waiting[0].advice, "ask a neighbour");
  night.happens(2, Pinned{PersonId{"cyn"}, PostId{"wards/nurse/response"}, "lives near"});
  night.settle(2);
  for (const Waiting& waiting : board(night.state, at(2)).waiting)
    EXPECT_NE(waiting.subject, "wards");
}

}  // namespace
}  // namespace tocsin::incident
