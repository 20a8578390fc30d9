#include "incident/loop/placement.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "incident/loop/telling.h"
#include "incident/message/notice.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

using playbook::MessageKind;

std::vector<PersonIndex> everybody(const State& state) {
  std::vector<PersonIndex> people;
  for (PersonIndex p = 0; p < state.people.size(); ++p) people.push_back(p);
  return people;
}

template <class T>
std::vector<std::string> named(const std::vector<Body>& events) {
  std::vector<std::string> ids;
  for (const Body& body : events)
    if (const auto* one = std::get_if<T>(&body)) ids.push_back(one->person.str());
  return ids;
}
using Ids = std::vector<std::string>;

// A night on which one nurse is needed, and nobody else.
Night of_one_nurse() {
  Night night;
  night.happens(0, NeedSet{PostId{"resus/nurse/response"}, 1, at(60), "one is enough"});
  for (const char* post : {"resus/doctor/response", "wards/nurse/response", "resus/nurse/relief"})
    night.happens(0, NeedSet{PostId{post}, 0, at(60), "not needed"});
  return night;
}

// Places everybody once, as if nobody had been placed.
std::vector<Body> placed(const Night& night, int minute) {
  Pool pool;
  pool.follow(night.state, at(minute));
  return place(night.state, pool, everybody(night.state), at(minute));
}

TEST(Placement, DecidesNothingAboutWhoSaidNothingOrNo) {
  Night night = of_one_nurse();
  night.settle(0);
  night.replies(5, "ana", Answer::no, 0);
  EXPECT_TRUE(placed(night, 5).empty());
}

TEST(Placement, AnOfferThatHelpsNobodyWaits) {
  Night night = of_one_nurse();
  night.replies(1, "fay", Answer::coming, 10);
  EXPECT_TRUE(placed(night, 1).empty());
  night.replies(2, "fay", Answer::arrived, 0);  // who stands at the door needs an answer
  EXPECT_EQ(named<StoodDown>(placed(night, 2)), Ids{"fay"});
}

TEST(Placement, WhoIsPlacedAlreadyIsNotPlacedAgain) {
  Night night;
  night.settle(0);
  for (const char* id : {"ana", "cyn", "dee"}) night.replies(5, id, Answer::coming, 25);
  night.settle(5);
  ASSERT_EQ(night.state.counts().assigned, 3);
  EXPECT_TRUE(named<Assigned>(placed(night, 5)).empty());
}

TEST(Placement, TheReasonOfWhoeverIsAssignedByHandOutlivesOtherDecisions) {
  Night night;
  night.settle(0);
  night.replies(1, "ana", Answer::coming, 25);
  night.happens(2, Pinned{PersonId{"ana"}, PostId{"resus/nurse/response"}, "knows the room"});
  night.happens(3, StoodDown{PersonId{"ana"}, "every post that they can hold is taken"}, "");
  night.settle(3);
  EXPECT_EQ(night.of("ana").status_why, "knows the room");
}

TEST(Placement, WhoComesAfterTheOpenShiftIsNotToldThatItIsTaken) {
  Night night = of_one_nurse();
  night.happens(0, NeedSet{PostId{"resus/nurse/response"}, 0, at(60), "not needed"});
  night.happens(0, NeedSet{PostId{"resus/nurse/relief"}, 1, at(8 * 60), "the next shift"});
  night.settle(0);
  night.replies(5, "ana", Answer::later, 23 * 60);
  const auto events = placed(night, 5);
  ASSERT_EQ(events.size(), 1U);
  std::string why;
  if (const auto* one = std::get_if<StoodDown>(&events.front())) why = one->why;
  if (const auto* one = std::get_if<Reserved>(&events.front())) why = one->why;
  EXPECT_TRUE(why.starts_with("comes too late for the posts that are open")) << why;
}

TEST(Placement, TheReasonSaysWhenSomebodyArrivesAndByWhenTheyAreNeeded) {
  Night night = of_one_nurse();
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 25);
  for (const Body& body : placed(night, 5))
    if (const auto* seat = std::get_if<Assigned>(&body)) {
      EXPECT_EQ(seat->arrives, at(25));
      EXPECT_EQ(seat->why, "said yes; arrives " + base::local_clock(at(25)) + ", needed by " +
                               base::local_clock(at(60)));
    }
}

TEST(Placement, WhoIsSilentIsStoodDownWhenNoSeatIsLeftForThem) {
  Night night = of_one_nurse();
  night.settle(0);
  ASSERT_TRUE(night.of("ben").is_silent());
  EXPECT_TRUE(stand_down_silent(night.state, Wants{night.state}, at(4)).empty());
  night.happens(5, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 0, at(20), ""}, "");
  const Ids gone = named<StoodDown>(stand_down_silent(night.state, Wants{night.state}, at(5)));
  EXPECT_NE(std::find(gone.begin(), gone.end(), "ben"), gone.end());
}

TEST(Placement, TheEndStandsDownWhoeverHeardOfTheIncidentOnce) {
  Night night;
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 25);
  night.replies(5, "dee", Answer::no, 0);
  night.replies(6, "fay", Answer::coming, 10);
  night.settle(6);
  night.happens(30, Ended{"over"});
  const auto events = stand_down_all(night.state);
  const Ids gone = named<StoodDown>(events);
  for (const char* id : {"ana", "dee", "fay"})  // dee said no, and hears it all the same
    EXPECT_EQ(std::count(gone.begin(), gone.end(), id), 1) << id;
  EXPECT_EQ(std::count(gone.begin(), gone.end(), "gus"), 0);  // was never asked
  night.all_happen(30, events);
  EXPECT_TRUE(stand_down_all(night.state).empty());
}

// Whatever was decided is said once, on the channel on which the person answered.
TEST(Placement, EachDecisionIsSaidOnce) {
  Night night;
  night.enrols(0, "ana");
  base::SeededRandom ids{4};
  const auto kinds_after = [&](Body decision) {
    night.happens(9, std::move(decision), "");
    std::vector<MessageKind> kinds;
    auto events = inform(night.state, everybody(night.state), at(9), ids);
    for (const Body& body : events) {
      const auto& message = std::get<Issued>(body);
      EXPECT_EQ(message.person, PersonId{"ana"});
      EXPECT_EQ(message.channel, ChannelId{"relay"});
      EXPECT_EQ(message.expires, at(9) + kMessageLife);
      kinds.push_back(message.kind);
    }
    night.all_happen(9, std::move(events));
    EXPECT_TRUE(inform(night.state, everybody(night.state), at(9), ids).empty());
    return kinds;
  };
  using Kinds = std::vector<MessageKind>;
  const PersonId ana{"ana"};
  const PostId nurse{"resus/nurse/response"};
  const PostId relief{"resus/nurse/relief"};
  const Replied yes{
      seal::random_message_id(ids), ana, Answer::coming, at(25), ChannelId{"relay"}, {}, {}};
  EXPECT_EQ(kinds_after(yes), Kinds{MessageKind::offer_acknowledgement});
  EXPECT_EQ(kinds_after(Reserved{ana, ""}), Kinds{MessageKind::standby});
  EXPECT_EQ(kinds_after(Assigned{ana, nurse, 0, at(25), ""}), Kinds{MessageKind::assigned});
  EXPECT_EQ(kinds_after(Assigned{ana, nurse, 1, at(25), ""}), Kinds{});  // the same post, by later
  EXPECT_EQ(kinds_after(Assigned{ana, relief, 0, at(480), ""}), Kinds{MessageKind::reserve});
  EXPECT_EQ(kinds_after(Released{ana, ""}), Kinds{MessageKind::stand_down});
  EXPECT_EQ(kinds_after(StoodDown{ana, ""}), Kinds{});  // they know it
}

TEST(Placement, WhoIsHereIsNotToldThatTheyComeTooLate) {
  Night night = of_one_nurse();
  night.happens(0, NeedSet{PostId{"resus/nurse/response"}, 0, at(60), "not needed"});
  night.happens(0, NeedSet{PostId{"resus/nurse/relief"}, 1, at(8 * 60), "the next shift"});
  night.settle(0);
  night.replies(5, "ana", Answer::coming, 20);
  night.replies(20, "ana", Answer::arrived, 0);
  for (const Body& body : placed(night, 20)) {
    std::string why;
    if (const auto* one = std::get_if<StoodDown>(&body)) why = one->why;
    if (const auto* one = std::get_if<Reserved>(&body)) why = one->why;
    EXPECT_EQ(why.find("too late"), std::string::npos) << why;
  }
}

}  // namespace
}  // namespace tocsin::incident
