#include "incident/calling/unfillable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "incident/calling/candidate.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

// Ana and Ben are the only ones with trauma. Two seats of the night take both, so that nobody is
// left to relieve them.
TEST(Unfillable, NamesThePostThatNobodyIsLeftFor) {
  Night night;
  const std::vector<EmptySeats> empty = unfillable(night.state);
  ASSERT_EQ(empty.size(), 1u);
  EXPECT_EQ(night.state.playbook.posts[empty[0].post].id.str(), "resus/nurse/relief");
  EXPECT_EQ(empty[0].count, 1);
  EXPECT_NE(empty[0].reason.find("trauma"), std::string::npos) << empty[0].reason;
}

TEST(Unfillable, CountsNobodyWhomNoChannelReaches) {
  Night night;
  night.happens(0, NeedSet{PostId{"wards/nurse/response"}, 3, at(60), "a test"});
  // Cynthia alone: Gus is a nurse, too, and has no telephone.
  const std::vector<EmptySeats> empty = unfillable(night.state);
  const auto wards = std::find_if(empty.begin(), empty.end(), [&](const EmptySeats& seats) {
    return night.state.playbook.posts[seats.post].id.str() == "wards/nurse/response";
  });
  ASSERT_NE(wards, empty.end());
  EXPECT_EQ(wards->count, 2);
}

// What is said before the night is what the loop itself arrives at when all say yes.
TEST(Unfillable, AgreesWithTheNightInWhichEverybodyComes) {
  Night night;
  const std::vector<EmptySeats> said = unfillable(night.state);
  for (PersonIndex p = 0; p < night.state.people.size(); ++p)
    if (is_candidate(night.state, p))
      night.happens(0, Replied{seal::random_message_id(night.random), night.state.roster[p].id,
                               Answer::coming, at(0) + night.state.roster[p].travel, kPhone});
  night.settle(0);
  std::vector<int> expected(night.state.playbook.posts.size(), 0);
  for (const EmptySeats& seats : said) expected[seats.post] = static_cast<int>(seats.count);
  EXPECT_EQ(night.state.open_seats(), expected);
  EXPECT_GT(std::accumulate(expected.begin(), expected.end(), 0), 0);
}

}  // namespace
}  // namespace tocsin::incident
