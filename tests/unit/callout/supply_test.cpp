#include "callout/supply.h"

#include <gtest/gtest.h>

#include <numeric>

#include "base/random.h"
#include "unit/callout/every_way.h"

namespace tocsin::callout {
namespace {

// Three trades and three posts. The first trade can hold the first post alone, the last all of
// them.
class SupplyTest : public testing::Test {
 protected:
  static constexpr std::uint32_t kNurse = 0, kDoctor = 1, kBoth = 2;

  static Gap gap_of(std::size_t missing, double minutes = 45) {
    Gap gap;
    gap.until = gap.left = minutes;
    gap.says_yes = 0.7;
    gap.missing.assign(missing + 1, 0);
    gap.missing[missing] = 1;
    return gap;
  }
  static Supply silent(std::uint32_t profile, double minutes = 3, double travel = 10) {
    Supply supply;
    supply.profile = profile;
    supply.asked = {minutes, travel, -1};
    return supply;
  }
  static Supply said_yes(std::uint32_t profile, int rank, double promised = 15) {
    Supply supply;
    supply.profile = profile;
    supply.said_yes = Promised{0, promised};
    supply.rank = rank;
    return supply;
  }
  // The chance that this person comes, told by a single seat that nobody else could take.
  double chance_of(const Supply& supply, const Gap& like) const {
    Gap one = like;
    one.missing = {0, 1};
    return 1 - supplies_.failure({&supply, 1}, one);
  }
  // Everybody whom nobody needs and who can hold the post.
  std::vector<Supply> all_left(std::uint32_t post, const Gap& gap) {
    std::vector<Supply> all;
    supplies_.borrow(all, post, gap, 1e9);
    return all;
  }

  const Belief belief_{Evidence{}};
  const std::vector<bool> nurse_{true, false, false};
  const std::vector<bool> doctor_{false, true, false};
  const std::vector<bool> both_{true, true, true};
  const std::vector<const std::vector<bool>*> can_hold_{&nurse_, &doctor_, &both_};
  Supplies supplies_{belief_, can_hold_};
};

TEST_F(SupplyTest, ASeatStaysEmptyWhenFewerComeThanAreMissing) {
  base::SeededRandom random{5};
  for (int round = 0; round < 200; ++round) {
    Gap gap = gap_of(4, 20 + 100 * random.uniform());
    for (double& chance : gap.missing) chance = random.uniform();
    const double all = std::accumulate(gap.missing.begin(), gap.missing.end(), 0.0);
    for (double& chance : gap.missing) chance /= all;
    std::vector<Supply> own;
    std::vector<double> chances;
    for (std::uint64_t left = random.below(7); left > 0; --left) {
      own.push_back(random.chance(0.5) ? silent(kBoth, 20 * random.uniform(), 30 * random.uniform())
                                       : said_yes(kBoth, 1, 40 * random.uniform()));
      own.back().soon = random.uniform();
      own.back().later = random.uniform();
      chances.push_back(chance_of(own.back(), gap));
    }
    const auto come = every_way(chances, chances.size());
    double fails = 0;
    for (std::size_t missing = 0; missing < gap.missing.size(); ++missing)
      for (std::size_t n = 0; n < come.size(); ++n)
        if (n < missing) fails += gap.missing[missing] * come[n];
    EXPECT_NEAR(supplies_.failure(own, gap), fails, 1e-12) << round;
  }
}

TEST_F(SupplyTest, MorePeopleMakeAnEmptySeatLessLikely) {
  const Gap gap = gap_of(1);
  std::vector<Supply> own;
  double before = supplies_.failure(own, gap);
  EXPECT_EQ(before, 1);
  for (const Supply& one : {silent(kNurse), said_yes(kNurse, 3), silent(kNurse, 0, 2)}) {
    own.push_back(one);
    const double now = supplies_.failure(own, gap);
    EXPECT_LT(now, before);
    before = now;
  }
}

// 19 of 20 do not take longer than planned, and a fast journey is nothing to plan with.
TEST_F(SupplyTest, APlanCountsOnLessThanMayCome) {
  for (const double minutes : {15.0, 30.0, 60.0, 240.0}) {
    const Gap gap = gap_of(1, minutes);
    const Supply one = silent(kNurse);
    EXPECT_LE(supplies_.expected({&one, 1}, gap), chance_of(one, gap)) << minutes;
  }
  const Supply yes = said_yes(kNurse, 1);
  EXPECT_EQ(supplies_.expected({&yes, 1}, gap_of(1)), 0) << "who said yes will not say it again";
}

TEST_F(SupplyTest, BorrowsWhoCanHoldThePostUntilEnoughAreExpectedAndNobodyTwice) {
  const Gap gap = gap_of(1);
  for (int i = 0; i < 6; ++i) {
    supplies_.add(silent(kNurse));
    supplies_.add(silent(kDoctor));
    supplies_.add(said_yes(kBoth, 1));
  }
  const Supply one = silent(kDoctor);
  const double each = supplies_.expected({&one, 1}, gap);
  ASSERT_GT(each, 0);
  std::vector<Supply> own;
  supplies_.borrow(own, 1, gap, 2.5 * each);
  ASSERT_EQ(own.size(), 3U);
  for (const Supply& borrowed : own) EXPECT_EQ(borrowed.profile, kDoctor);
  supplies_.borrow(own, 1, gap, 1e9);
  EXPECT_EQ(own.size(), 6U);
  supplies_.borrow(own, 1, gap, 1e9);
  EXPECT_EQ(own.size(), 6U) << "there are no more";
  EXPECT_EQ(all_left(0, gap).size(), 6U) << "the nurses are still there";
}

TEST_F(SupplyTest, BorrowsFromNoMoreImportantSeat) {
  const Gap gap = gap_of(5);
  for (const int rank : {1, 2, 3, kNoSeat}) supplies_.add(said_yes(kBoth, rank));
  std::vector<Supply> own;
  supplies_.borrow_last(own, 2, 2, gap);
  std::vector<int> ranks;
  for (const Supply& one : own) ranks.push_back(one.rank);
  EXPECT_EQ(ranks, (std::vector<int>{3, kNoSeat}));
}

TEST_F(SupplyTest, TakesTheSilentBeforeThoseWhoHaveASeat) {
  const Gap gap = gap_of(1);
  supplies_.add(said_yes(kBoth, 3));
  for (int i = 0; i < 20; ++i) supplies_.add(silent(kBoth, 0, 5));
  std::vector<Supply> own;
  supplies_.borrow_last(own, 2, 1, gap);
  ASSERT_FALSE(own.empty());
  double comes = 0;
  for (const Supply& one : own) {
    EXPECT_FALSE(one.said_yes);
    EXPECT_LT(comes, kStory) << "one more than are needed";
    comes += chance_of(one, gap);
  }
  EXPECT_GE(comes, kStory);
}

TEST_F(SupplyTest, GivesBackWhatTheSeatsWillNotNeed) {
  const Gap gap = gap_of(2);
  const std::vector<Supply> own(20, silent(kNurse));
  const double expected = supplies_.expected(own, gap);
  ASSERT_GT(expected, 2);
  supplies_.spill(own, gap);
  EXPECT_NEAR(supplies_.expected(all_left(0, gap), gap), expected - 2, 1e-12);

  const std::vector<Supply> few(2, silent(kNurse));
  supplies_.spill(few, gap);
  EXPECT_TRUE(all_left(0, gap).empty()) << "two people are not too many for two seats";
}

}  // namespace
}  // namespace tocsin::callout
