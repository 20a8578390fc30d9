#include "incident/seating/ward.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "incident/seating/pool.h"
#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

struct Worker {
  const char* id;
  const char* ward;
  std::vector<const char*> skills;
};

// A state in which everybody is on duty, or was so many weeks ago, when the rota ended; half of a
// ward may leave it.
State night_of(const std::vector<Worker>& on_duty, int weeks_ago = 0) {
  constexpr std::string_view kShare = "on_duty_share: 0%";
  Declared declared;
  declared.label = "EX-20261122-2240";
  declared.playbook = kPlaybook;
  declared.playbook.replace(declared.playbook.find(kShare), kShare.size(), "on_duty_share: 50%");
  declared.playbook_file = "small.yaml";
  State state;
  state.apply({kDeclared, "", std::move(declared)});
  std::vector<roster::Responder> people;
  std::vector<roster::Stint> stints;
  for (const Worker& worker : on_duty) {
    roster::Responder row;
    row.id = roster::PersonId{worker.id};
    row.name = worker.id;
    row.ward = roster::WardId{worker.ward};
    for (const char* skill : worker.skills) row.skills.emplace_back(skill);
    people.push_back(std::move(row));
    const base::Minutes back{weeks_ago * 7 * 24 * 60};
    stints.push_back({roster::PersonId{worker.id},
                      roster::Duty::on_duty,
                      {},
                      {},
                      at(-60) - back,
                      at(11 * 60) - back});
  }
  state.apply({kDeclared, "",
               RosterTaken{roster::encode(roster::Roster{1, at(-1000), std::move(people)}),
                           roster::encode(roster::Rota{1, std::move(stints), {}})}});
  return state;
}

std::set<std::string> leavers(const State& state) {
  const std::vector<bool> chosen = may_leave_ward(state);
  std::set<std::string> out;
  for (PersonIndex p = 0; p < chosen.size(); ++p)
    if (chosen[p]) out.insert(state.roster[p].id.str());
  return out;
}

TEST(Ward, GivesItsShareAndTheMostImportantSeatsTakeIt) {
  // Two of four may leave: the two who can hold seats of priority 1.
  const State state = night_of({{"n1", "surgery", {"nurse"}},
                                {"n2", "surgery", {"nurse"}},
                                {"t1", "surgery", {"nurse", "trauma"}},
                                {"t2", "surgery", {"nurse", "trauma"}}});
  EXPECT_EQ(leavers(state), (std::set<std::string>{"t1", "t2"}));
}

TEST(Ward, WhoWorksThereDoesNotCountAsLeaving) {
  const State state = night_of({{"t1", "Resus", {"nurse", "trauma"}},
                                {"t2", "resus", {"nurse", "trauma"}},
                                {"d1", "resus", {"doctor"}}});
  EXPECT_EQ(leavers(state), (std::set<std::string>{"t1", "t2", "d1"}));
}

TEST(Ward, WhoMayNotLeaveStillHoldsASeatOfTheirOwnArea) {
  // Both could be trauma nurses in Resus, the first area. Only one may leave; the other gets the
  // seat on their own ward.
  const State state =
      night_of({{"t1", "wards", {"nurse", "trauma"}}, {"t2", "wards", {"nurse", "trauma"}}});
  EXPECT_EQ(leavers(state), (std::set<std::string>{"t1", "t2"}));
}

TEST(Ward, AnotherMayLeaveForSomebodyWhoDoesNotCome) {
  State state = night_of({{"d1", "surgery", {"doctor"}}, {"d2", "surgery", {"doctor"}}});
  const std::set<std::string> first = leavers(state);
  ASSERT_EQ(first.size(), 1U);
  const std::string lost = *first.begin();
  state.apply(
      {at(0), "", Assigned{PersonId{lost}, PostId{"resus/doctor/response"}, 0, at(5), "on duty"}});
  EXPECT_EQ(leavers(state), first);  // people who have a seat keep it
  state.apply({at(10), "", Missed{PersonId{lost}, "has not come"}});
  EXPECT_EQ(leavers(state), std::set<std::string>{lost == "d1" ? "d2" : "d1"});
}

TEST(Ward, ThePoolSendsTheOther) {
  State state = night_of({{"d1", "surgery", {"doctor"}}, {"d2", "surgery", {"doctor"}}});
  Pool pool;
  pool.follow(state, at(0));
  const PersonIndex first = pool.seat_of(0) ? 0 : 1;
  ASSERT_TRUE(pool.seat_of(first));
  const PersonId id = state.roster[first].id;
  state.apply({at(0), "", Assigned{id, PostId{"resus/doctor/response"}, 0, at(5), "on duty"}});
  state.apply({at(10), "", Missed{id, "has not come"}});
  pool.follow(state, at(10));
  EXPECT_FALSE(pool.seat_of(first));
  EXPECT_TRUE(pool.seat_of(1 - first));
}

using Left = std::vector<std::pair<std::string, int>>;

Left left_at(const State& state, int minute) {
  const std::vector<int> left = left_to_the_wards(state, at(minute));
  Left out;
  for (SlotIndex s = 0; s < left.size(); ++s)
    if (left[s] > 0) out.emplace_back(state.playbook.posts[state.slots[s].post].id.str(), left[s]);
  return out;
}

// Nobody is placed unasked. But as many seats are left to people at work as at this hour of the
// last week of the rota.
TEST(Ward, OfARotaThatHasEndedItKeepsTheNumberAndNotTheNames) {
  const std::vector<Worker> workers{{"d1", "surgery", {"doctor"}},
                                    {"d2", "surgery", {"doctor"}},
                                    {"t1", "surgery", {"nurse", "trauma"}},
                                    {"t2", "surgery", {"nurse", "trauma"}}};
  ASSERT_EQ(leavers(night_of(workers)).size(), 2U);
  EXPECT_EQ(left_at(night_of(workers), 0), Left{}) << "known by name";
  State state = night_of(workers, 44);
  EXPECT_EQ(state.people[0].duty, roster::Duty::unknown);
  EXPECT_TRUE(leavers(state).empty());
  EXPECT_EQ(left_at(state, 0), (Left{{"resus/nurse/response", 1}, {"resus/doctor/response", 1}}));
  // Whoever holds the seat, it is not left to others any more; the ward's share goes to the next.
  state.apply({at(1), "", Assigned{PersonId{"d2"}, PostId{"resus/doctor/response"}, 0, at(9), ""}});
  EXPECT_EQ(left_at(state, 1), (Left{{"resus/nurse/response", 1}, {"resus/nurse/response", 1}}));
  // From its time on, people are asked for a seat as for any other.
  EXPECT_EQ(left_at(state, 30), (Left{{"resus/nurse/response", 1}}));
  EXPECT_EQ(left_at(state, 60), Left{});
}

TEST(Ward, AtAnHourAtWhichNobodyWasOnDutyNothingIsLeftToThem) {
  State state = night_of({{"d1", "surgery", {"doctor"}}, {"d2", "surgery", {"doctor"}}}, 44);
  for (Person& person : state.people) person.usually_on_duty = false;
  EXPECT_EQ(left_at(state, 0), Left{});
}

}  // namespace
}  // namespace tocsin::incident
