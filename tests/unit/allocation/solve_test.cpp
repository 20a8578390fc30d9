#include "allocation/solve.h"

#include <gtest/gtest.h>

#include <numeric>

#include "allocation/allocator.h"
#include "unit/allocation/oracle.h"
#include "unit/allocation/small.h"

namespace tocsin::allocation {
namespace {

using base::SeededRandom;

template <class T>
void shuffle(std::vector<T>& values, SeededRandom& random) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

TEST(Solve, IsAsGoodAsTheBestOfAllAllocations) {
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    SeededRandom random{seed};
    oracle::Shape shape;
    shape.posts = 1 + random.below(4);
    shape.responders = random.below(7);
    shape.skills = random.below(4);
    shape.priorities = 1 + random.below(4);
    shape.count = 1 + random.below(3);
    shape.eta = random.chance(0.5) ? 5 : 90;  // few values make many ties
    const Problem problem = oracle::random_problem(random, shape);
    const Solution solution = solve(problem);
    const auto held = oracle::held_in(problem, solution);
    ASSERT_TRUE(held.has_value()) << seed;
    const auto worth = oracle::worth_of(problem, *held);
    ASSERT_EQ(worth, oracle::best_by_trying_all(problem)) << seed;
    ASSERT_EQ(oracle::printed(solution.objective), oracle::Worth(worth.begin() + 1, worth.end()))
        << seed;
  }
}

void expect_no_cycle(const Problem& problem) {
  const auto held = oracle::held_in(problem, solve(problem));
  ASSERT_TRUE(held.has_value());
  ASSERT_FALSE(oracle::can_be_improved(problem, *held));
}

TEST(Solve, LeavesNoCycleThatImproves) {
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    SeededRandom random{seed};
    oracle::Shape shape;
    shape.posts = 2 + random.below(seed % 4 == 0 ? 14 : 5);
    shape.responders = 10 + random.below(80);
    shape.skills = random.below(5);
    shape.priorities = 1 + random.below(6);
    shape.count = 1 + random.below(seed % 4 == 0 ? 12 : 25);
    shape.eta = random.chance(0.3) ? 6 : 400;
    SCOPED_TRACE(seed);
    ASSERT_NO_FATAL_FAILURE(expect_no_cycle(oracle::random_problem(random, shape)));
  }
}

// As above, but every objective of the posts of an earlier stage goes before those of a later one.
TEST(Solve, FillsAnEarlierStageInTimeBeforeALaterOne) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    SeededRandom random{seed};
    oracle::Shape shape;
    shape.posts = 2 + random.below(3);
    shape.responders = random.below(7);
    shape.skills = random.below(3);
    shape.priorities = 1 + random.below(3);
    shape.count = 1 + random.below(2);
    shape.eta = 9;
    shape.stages = 2 + random.below(2);
    const Problem problem = oracle::random_problem(random, shape);
    const auto held = oracle::held_in(problem, solve(problem));
    ASSERT_TRUE(held.has_value()) << seed;
    ASSERT_EQ(oracle::worth_of(problem, *held), oracle::best_by_trying_all(problem)) << seed;
  }
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    SeededRandom random{seed};
    oracle::Shape shape{12, 60, 4, 3, 8, 200};
    shape.stages = 3;
    SCOPED_TRACE(seed);
    ASSERT_NO_FATAL_FAILURE(expect_no_cycle(oracle::random_problem(random, shape)));
  }
}

// One more person on the list never makes the night worse.
TEST(Solve, OneMoreResponderNeverMakesItWorse) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SeededRandom random{seed};
    oracle::Shape shape{6, 20, 3, 3, 4, 60};
    shape.stages = 1 + random.below(2);
    Problem problem = oracle::random_problem(random, shape);
    const auto before = oracle::worth_of(problem, *oracle::held_in(problem, solve(problem)));
    problem.responders.push_back(oracle::random_responder(random, shape, 1'000));
    // Somebody who was told nothing. Otherwise staying away would count as a change.
    problem.responders.back().told.reset();
    const auto after = oracle::worth_of(problem, *oracle::held_in(problem, solve(problem)));
    EXPECT_LE(after, before) << seed;
  }
}

// Proves that the check can fail: an optimal allocation, with two people swapped or one sent home.
TEST(Solve, ASpoiltAllocationCanBeImproved) {
  int spoilt = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SeededRandom random{seed};
    const Problem problem = oracle::random_problem(random, {8, 40, 4, 3, 5, 300});
    auto held = *oracle::held_in(problem, solve(problem));
    const auto someone = std::find_if(held.begin(), held.end(), [](int post) { return post >= 0; });
    if (someone == held.end()) continue;
    *someone = -1;
    EXPECT_TRUE(oracle::can_be_improved(problem, held)) << seed;
    ++spoilt;
  }
  EXPECT_GT(spoilt, 30);
}

// A newcomer can only take the first post of a chain, so everybody in the chain has to move by one
// post. A gain in one objective is worth any price in a less important one.
enum class Gain { seat, on_time, rest };
enum class Price { on_time, rest, change };

bool newcomer_is_placed(Gain gain, Price price) {
  constexpr int kLength = 40;
  const auto number = [](int i) { return std::to_string(i); };
  Problem problem;
  for (int i = 0; i <= kLength; ++i) {
    Post post;
    post.id = PostId{"p" + number(i)};
    post.shift = ShiftId{"shift" + number(i)};
    post.priority = i == kLength ? 1 : 2;
    post.skills = {SkillId{"link" + number(i)}};
    // Each person is on time at their post and would be late at the next, except at the last.
    if (price == Price::on_time) post.by = Minutes{10 * (kLength - i) + 5};
    if (i == kLength && gain == Gain::on_time) post.by = Minutes{500};
    problem.posts.push_back(post);
  }
  for (int i = 0; i < kLength; ++i) {
    Responder responder;
    responder.id = ResponderId{"r" + number(i)};
    responder.skills = {SkillId{"link" + number(i)}, SkillId{"link" + number(i + 1)}};
    responder.eta = Minutes{10 * (kLength - i)};
    if (price == Price::rest) responder.breaches = {ShiftId{"shift" + number(i + 1)}};
    if (price == Price::change) responder.told = PostId{"p" + number(i)};
    problem.responders.push_back(responder);
  }
  Responder newcomer;
  newcomer.id = ResponderId{"newcomer"};
  newcomer.skills = {SkillId{"link0"}};
  newcomer.eta = Minutes{999};
  problem.responders.push_back(newcomer);
  if (gain != Gain::seat) {  // somebody less suitable holds the last post
    Responder incumbent;
    incumbent.id = ResponderId{"incumbent"};
    incumbent.skills = {SkillId{"link" + number(kLength)}};
    incumbent.eta = Minutes{gain == Gain::on_time ? 999 : 0};
    if (gain == Gain::rest) incumbent.breaches = {ShiftId{"shift" + number(kLength)}};
    problem.responders.push_back(incumbent);
  }
  return Allocator{problem}.post_of(newcomer.id).has_value();
}

TEST(Solve, NoNumberOfLesserThingsOutweighsAGreaterOne) {
  EXPECT_TRUE(newcomer_is_placed(Gain::seat, Price::on_time));
  EXPECT_TRUE(newcomer_is_placed(Gain::seat, Price::rest));
  EXPECT_TRUE(newcomer_is_placed(Gain::seat, Price::change));
  EXPECT_TRUE(newcomer_is_placed(Gain::on_time, Price::on_time));  // of a higher priority
  EXPECT_TRUE(newcomer_is_placed(Gain::on_time, Price::rest));
  EXPECT_TRUE(newcomer_is_placed(Gain::on_time, Price::change));
  EXPECT_TRUE(newcomer_is_placed(Gain::rest, Price::change));
  EXPECT_FALSE(newcomer_is_placed(Gain::rest, Price::on_time));
  EXPECT_FALSE(newcomer_is_placed(Gain::rest, Price::rest));
}

// Fifty priorities need integers of more than one word, and long arrivals need even more.
TEST(Solve, WeighsManyPrioritiesAndLongArrivals) {
  for (const std::uint64_t priorities : {2U, 20U, 60U, 120U}) {
    SeededRandom random{priorities};
    oracle::Shape shape;
    shape.posts = priorities;
    shape.responders = 60;
    shape.skills = 4;
    shape.priorities = priorities;
    shape.count = 3;
    shape.eta = 1'000'000;
    const Problem problem = oracle::random_problem(random, shape);
    const auto held = oracle::held_in(problem, solve(problem));
    ASSERT_TRUE(held.has_value());
    EXPECT_FALSE(oracle::can_be_improved(problem, *held)) << priorities;
  }
}

TEST(Solve, GivesTheSameAnswerInWhateverOrderTheProblemIsWritten) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SeededRandom random{seed};
    Problem problem = oracle::random_problem(random, {6, 25, 3, 3, 4, 8});
    const Solution solution = solve(problem);
    shuffle(problem.posts, random);
    shuffle(problem.responders, random);
    for (Responder& responder : problem.responders) shuffle(responder.skills, random);
    ASSERT_EQ(solve(problem), solution) << seed;
  }
}

TEST(Solve, NothingToDo) {
  EXPECT_EQ(solve({}), Solution{});
  const Solution solution = solve({{post("resus", 0)}, {responder("ada")}});
  EXPECT_TRUE(solution.assignments.empty());
  EXPECT_TRUE(solution.unfilled.empty());
  ASSERT_EQ(solution.objective.filled.size(), 1U);
  EXPECT_EQ(solution.objective.filled[0].total, 0);
}

TEST(Solve, HugeCountsCostNothing) {
  Problem problem{{post("field", 100'000), post("camp", 2'000'000'000)}, {}};
  for (int i = 0; i < 50; ++i) problem.responders.push_back(responder("r" + std::to_string(i)));
  const Solution solution = solve(problem);
  EXPECT_EQ(solution.assignments.size(), 50U);
  ASSERT_EQ(solution.unfilled.size(), 2U);
}

}  // namespace
}  // namespace tocsin::allocation
