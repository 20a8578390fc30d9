#include "drill/people/night.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace tocsin::drill {
namespace {

using incident::Answer;

std::vector<Night> nights(int count, double belief) {
  const base::SeededRandom random{5};
  std::vector<Night> out;
  for (int i = 0; i < count; ++i)
    out.push_back(draw_night(random.fork(static_cast<std::uint64_t>(i)), base::Minutes{20},
                             Figures{}, belief));
  return out;
}

template <class Holds>
double share(const std::vector<Night>& all, Holds holds) {
  return static_cast<double>(std::count_if(all.begin(), all.end(), holds)) /
         static_cast<double>(all.size());
}

// Four standard errors of a share of 20,000 are 0.014 at most.
TEST(Night, FollowsTheFigures) {
  const Figures figures;
  const auto all = nights(20'000, 1);
  const double working = 1 - figures.stale_contact;
  EXPECT_NEAR(share(all, [](const Night& n) { return n.has_device; }), working, 0.014);
  EXPECT_NEAR(share(all, [](const Night& n) { return n.notices; }), figures.reached * working,
              0.014);
  for (std::size_t ring = 0; ring < all[0].picks_up.size(); ++ring)
    EXPECT_NEAR(share(all, [&](const Night& n) { return n.picks_up[ring]; }),
                figures.reached_by_phone, 0.014);
  const auto says = [&](Answer answer) {
    return share(all, [&](const Night& n) { return n.says == answer; });
  };
  EXPECT_NEAR(says(Answer::coming), figures.says_coming, 0.014);
  EXPECT_NEAR(says(Answer::later), figures.says_later, 0.014);
  EXPECT_NEAR(says(Answer::last_resort), figures.says_last_resort, 0.014);
  // Half answer before the median that the figures give, exp(mu).
  EXPECT_NEAR(share(all, [](const Night& n) { return n.reply_delay < std::chrono::minutes{8}; }),
              0.5, 0.014);
}

TEST(Night, NobodyBeatsTheirPromiseAndNobodyIsReachedOnAStaleContact) {
  for (const Night& night : nights(5'000, 10)) {
    EXPECT_GE(night.journey, night.promised);
    EXPECT_TRUE(night.has_device || !night.notices);
  }
}

// People who are reached with a low belief are reached with a higher one, too. Nothing else
// changes.
TEST(Night, BeliefMovesOnlyWhoIsReached) {
  const auto half = nights(5'000, 0.5);
  const auto full = nights(5'000, 1);
  const auto twice = nights(5'000, 2);
  for (std::size_t i = 0; i < full.size(); ++i) {
    EXPECT_LE(half[i].notices, full[i].notices);
    EXPECT_LE(full[i].notices, twice[i].notices);
    Night same = twice[i];
    same.notices = full[i].notices;
    same.picks_up = full[i].picks_up;
    EXPECT_EQ(same, full[i]);
  }
  const Figures figures;
  EXPECT_NEAR(share(half, [](const Night& n) { return n.notices; }),
              figures.reached / 2 * (1 - figures.stale_contact), 0.03);
}

}  // namespace
}  // namespace tocsin::drill
