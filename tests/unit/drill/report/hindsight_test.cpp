#include "drill/report/hindsight.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/drill/recorded_phones.h"
#include "unit/drill/small.h"

namespace tocsin::drill {
namespace {

using incident::PersonIndex;

// A seat of the first shift in an area of priority 1, and who could sit in it by its time.
using Seat = std::vector<PersonIndex>;

// Tries everybody in each seat, one seat after the other.
bool can_be_filled(const std::vector<Seat>& seats, std::size_t from, std::vector<bool>& used) {
  if (from == seats.size()) return true;
  for (const PersonIndex person : seats[from]) {
    if (used[person]) continue;
    used[person] = true;
    const bool fits = can_be_filled(seats, from + 1, used);
    used[person] = false;
    if (fits) return true;
  }
  return false;
}

// Of people at home who notice a message, say yes to now, and keep to it.
std::vector<Seat> seats_of_night(const OpenedRoom& opened, const People& people) {
  const incident::State& state = opened.state();
  std::vector<Seat> seats;
  for (const incident::Slot& slot : state.slots) {
    const playbook::Post& post = state.playbook.posts[slot.post];
    if (post.shift.str() != "response" || post.priority != 1) continue;
    Seat seat;
    for (PersonIndex p = 0; p < state.people.size(); ++p) {
      const roster::Duty duty = opened.staff.rota.duty_of(state.roster[p].id, opened.settings.at);
      const Night& night = people.night(p);
      const bool comes =
          (duty == roster::Duty::off || duty == roster::Duty::on_call) && night.notices &&
          !night.changes_mind &&
          (night.says == incident::Answer::coming || night.says == incident::Answer::last_resort);
      // The allocation counts in whole minutes.
      const auto minutes = std::chrono::ceil<base::Minutes>(night.reply_delay + night.journey);
      if (comes && minutes <= slot.by && state.can_hold(p, slot.post)) seat.push_back(p);
    }
    for (int i = 0; i < slot.count; ++i) seats.push_back(seat);
  }
  return seats;
}

TEST(Hindsight, TheFirstShiftCouldBeFilledWhenTryingEverybodyFillsIt) {
  int possible = 0;
  constexpr int kNights = 60;
  for (int seed = 0; seed < kNights; ++seed) {
    Settings settings = small_settings(25);
    settings.seed = static_cast<std::uint64_t>(seed);
    const OpenedRoom opened{settings};
    RecordedPhones phones;
    const People people{opened.staff.roster,
                        opened.staff.rota,
                        settings.at,
                        seal::Realness::exercise,
                        {},
                        phones,
                        base::SeededRandom{settings.seed},
                        {}};
    std::vector<bool> used(settings.staff, false);
    const bool expected = can_be_filled(seats_of_night(opened, people), 0, used);
    EXPECT_EQ(look_back(opened.state(), people).first_on_time, expected) << seed;
    possible += expected ? 1 : 0;
  }
  EXPECT_GT(possible, kNights / 10);
  EXPECT_LT(possible, kNights * 9 / 10);
}

TEST(Hindsight, SaysWhatTheStaffOfANightCouldHaveDone) {
  const auto hindsight_of = [](std::size_t staff) {
    Settings settings = small_settings(staff);
    settings.looks_back = true;
    return play(settings).hindsight;
  };
  const Hindsight few = hindsight_of(6);  // fewer than there are seats
  EXPECT_FALSE(few.first_on_time);
  EXPECT_FALSE(few.relief_filled);
  const Hindsight plenty = hindsight_of(400);
  EXPECT_TRUE(plenty.first_on_time);
  EXPECT_TRUE(plenty.relief_filled);
}

}  // namespace
}  // namespace tocsin::drill
