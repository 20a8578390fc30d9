#include "incident/seating/offer.h"

#include <gtest/gtest.h>

#include "incident/view/board.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

TEST(OfferTest, WhoWouldFillASeatComesFirst) {
  Night night;
  night.replies(1, "fay", Answer::coming, 6);  // a porter, who can hold no post
  night.replies(1, "gus", Answer::last_resort, 1);
  const auto found = offers(night.state);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].person, night.index("gus"));
  ASSERT_TRUE(found[0].fills);
  EXPECT_EQ(night.state.playbook.posts[*found[0].fills].id.str(), "wards/nurse/response");
  EXPECT_FALSE(found[1].fills);
}

TEST(OfferTest, OneSeatIsPromisedOnce) {
  Night night;
  for (const char* id : {"dee", "eli"}) night.replies(1, id, Answer::last_resort, 1);
  const Board b = board(night.state, at(1));
  EXPECT_EQ(b.offers_parked, 2);
  EXPECT_EQ(b.offers_useful, 1);
}

// A roster with many porters, who are not needed, before the seven people of the night.
struct Flood : Night {
  explicit Flood(std::size_t count) {
    std::vector<roster::Responder> people = state.roster.responders();
    for (std::size_t i = 0; i < count; ++i) {
      roster::Responder porter = *state.roster.find(PersonId{"fay"});
      porter.id = roster::PersonId{"p" + std::to_string(i)};
      people.push_back(std::move(porter));
    }
    flooded.apply({at(0), "Dr A. Okafor", declaration()});
    flooded.apply({at(0), "Dr A. Okafor",
                   RosterTaken{roster::encode(roster::Roster{1, at(-1000), std::move(people)}),
                               roster::encode(state.rota)}});
  }
  Declared declaration() const {
    Declared declared = state.declared;
    declared.playbook = kPlaybook;
    return declared;
  }
  // Steps until nothing is left to do. Returns the number of steps.
  int settle(int minute) {
    for (int steps = 1;; ++steps) {
      Step step = mover.step(flooded, at(minute), random);
      if (step.events.empty()) return steps;
      for (Body& body : step.events) flooded.apply({at(minute), "", std::move(body)});
    }
  }
  void everybody(int minute, std::size_t count, Answer answer) {
    for (std::size_t i = 0; i < count; ++i)
      flooded.apply({at(minute), "",
                     Replied{seal::random_message_id(random), PersonId{"p" + std::to_string(i)},
                             answer, at(minute + 10), kPhone}});
  }
  State flooded;
  Stepper mover;
};

TEST(OfferTest, AFloodInterruptsNobodyAndTakesNoMoreSteps) {
  constexpr std::size_t kMany = 10'000;
  std::uint64_t interruptions = 0;
  std::size_t prompts = 0;
  int steps = 0;
  for (const std::size_t count : {std::size_t{0}, std::size_t{100}, kMany}) {
    Flood night(count);
    night.settle(0);
    int most = 0;
    for (const Answer answer :
         {Answer::coming, Answer::coming, Answer::later, Answer::no, Answer::last_resort}) {
      night.everybody(1, count, answer);
      most = std::max(most, night.settle(1));
    }
    const Board b = board(night.flooded, at(1));
    EXPECT_EQ(b.offers_parked, static_cast<int>(count));
    EXPECT_EQ(b.offers_useful, 0);
    EXPECT_LE(b.roles.size(), 1U);  // one line for all of them
    std::size_t thanked = 0;
    for (const Message& message : night.flooded.messages)
      thanked += message.kind == playbook::MessageKind::offer_acknowledgement ? 1 : 0;
    EXPECT_EQ(thanked, count);  // each once, even if they offered several times
    if (count == 0) {
      interruptions = night.flooded.interruptions;
      prompts = night.flooded.prompts.size();
      steps = most;
    }
    EXPECT_EQ(night.flooded.interruptions, interruptions);
    EXPECT_EQ(night.flooded.prompts.size(), prompts);
    EXPECT_LE(most, steps + 2);
  }
}

}  // namespace
}  // namespace tocsin::incident
