#include "allocation/network.h"

#include <gtest/gtest.h>

#include <map>

#include "base/fault.h"
#include "unit/allocation/oracle.h"

namespace tocsin::allocation {
namespace {

using base::SeededRandom;

// People enter, leave and are late. After each, the allocation is the best of all.
class Night {
 public:
  Night(std::uint64_t seed, const oracle::Shape& shape)
      : random_(seed),
        shape_(shape),
        problem_(oracle::random_problem(random_, shape)),
        ground_(problem_.posts),
        scale_(ground_, 40 * static_cast<std::int64_t>(shape.eta)),
        network_(make_network(ground_, scale_)) {
    std::vector<Person> people;
    for (const Responder& responder : problem_.responders) {
      here_[static_cast<PersonIndex>(people.size())] = responder;
      people.push_back(ground_.person(responder));
    }
    network_->open(people);
    network_->clear_moved();
    for (const auto& [who, responder] : here_) place_[who] = network_->at(who);
  }

  void live_through(int calls) {
    expect_best();
    for (int call = 0; call < calls; ++call) {
      SCOPED_TRACE(call);
      if (here_.size() < 3 || (here_.size() < 6 && random_.chance(0.4)))
        one_enters();
      else if (random_.chance(0.5))
        one_leaves();
      else
        one_is_late();
      follow_moves();
      expect_best();
      if (testing::Test::HasFatalFailure()) return;
    }
  }
  int refused = 0;  // delays that might have changed the allocation

 private:
  PersonIndex anybody() {
    return std::next(here_.begin(), static_cast<std::ptrdiff_t>(random_.below(here_.size())))
        ->first;
  }
  void one_enters() {
    PersonIndex who = 0;
    while (here_.contains(who)) ++who;  // an index that somebody left is used again
    here_[who] = oracle::random_responder(random_, shape_, 100 + who);
    place_[who] = network_->pool();
    network_->enter(who, ground_.person(here_[who]));
  }
  void one_leaves() {
    const PersonIndex who = anybody();
    network_->leave(who);
    follow_moves();
    EXPECT_EQ(place_.at(who), network_->pool());
    EXPECT_EQ(network_->at(who), kNone);
    here_.erase(who);
    place_.erase(who);
  }
  void one_is_late() {
    const PersonIndex who = anybody();
    Responder& responder = here_.at(who);
    const Minutes before = responder.eta;
    responder.eta += Minutes{static_cast<std::int64_t>(random_.below(shape_.eta))};
    const Node at = network_->at(who);
    if (!network_->delay(who, ground_.person(responder))) {
      responder.eta = before;
      ++refused;
    }
    EXPECT_EQ(network_->at(who), at);
    EXPECT_TRUE(network_->moved().empty());
  }
  // Each move begins where the one before it has led.
  void follow_moves() {
    for (const Network::Moved& move : network_->moved()) {
      ASSERT_EQ(place_.at(move.who), move.from);
      ASSERT_NE(move.from, move.to);
      place_[move.who] = move.to;
    }
    network_->clear_moved();
  }
  void expect_best() {
    Problem now{problem_.posts, {}};
    std::vector<int> held;
    std::vector<std::size_t> filled(ground_.nodes().size(), 0);
    for (const auto& [who, responder] : here_) {
      const Node at = network_->at(who);
      ASSERT_EQ(at, place_.at(who));
      now.responders.push_back(responder);
      held.push_back(at == network_->pool() ? -1 : static_cast<int>(ground_.post_index(at)));
      if (at == network_->pool()) continue;
      ++filled[at];
      ASSERT_TRUE(oracle::may_hold(responder, problem_.posts[ground_.post_index(at)]));
    }
    for (Node node = 0; node < filled.size(); ++node) {
      ASSERT_EQ(network_->filled(node), filled[node]);
      ASSERT_LE(static_cast<std::int64_t>(filled[node]), ground_.nodes()[node].count);
    }
    ASSERT_EQ(oracle::worth_of(now, held), oracle::best_by_trying_all(now));
  }

  SeededRandom random_;
  oracle::Shape shape_;
  Problem problem_;
  Ground ground_;
  Scale scale_;
  std::unique_ptr<Network> network_;
  std::map<PersonIndex, Responder> here_;
  std::map<PersonIndex, Node> place_;
};

TEST(NetworkTest, StaysTheBestOfAllAllocations) {
  int refused = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    SeededRandom random{seed ^ 0x5a5a};
    oracle::Shape shape{1 + random.below(4), random.below(6),     random.below(3),
                        1 + random.below(3), 1 + random.below(3), random.chance(0.5) ? 5U : 90U};
    shape.stages = 1 + random.below(2);
    Night night{seed, shape};
    ASSERT_NO_FATAL_FAILURE(night.live_through(20));
    refused += night.refused;
  }
  EXPECT_GT(refused, 50);
}

TEST(NetworkTest, FaultsOnMorePrioritiesThanItCanWeigh) {
  std::vector<Post> posts;
  for (int i = 0; i < 2'100; ++i) {
    posts.emplace_back();
    posts.back().id = PostId{std::to_string(i)};
    posts.back().priority = i;
  }
  const Ground ground{posts};
  const Scale scale{ground, 100};
  try {
    make_network(ground, scale);
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::invalid);
    EXPECT_NE(fault.hint(), "");
  }
}

}  // namespace
}  // namespace tocsin::allocation
