// Seats, who can hold them, and who holds them, against a count of everybody.
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

bool fits(const roster::Responder& row, const playbook::Post& post) {
  const auto has = [&](const playbook::SkillId& skill) {
    return std::any_of(row.skills.begin(), row.skills.end(),
                       [&](const auto& own) { return own.str() == skill.str(); });
  };
  return std::all_of(post.all_of.begin(), post.all_of.end(), has) &&
         (post.any_of.empty() || std::any_of(post.any_of.begin(), post.any_of.end(), has)) &&
         (post.staff_group.empty() || post.staff_group.str() == row.staff_group.str());
}

TEST(StateSeats, WhoCanHoldAPostHasItsSkills) {
  std::string text = kPlaybook;
  const std::string from = "skills: [nurse]\n";
  text.replace(text.find(from), from.size(), "any_of: [doctor, porter]\n");
  const Night night{text};
  int able = 0;
  for (PersonIndex person = 0; person < night.state.people.size(); ++person)
    for (PostIndex post = 0; post < night.state.playbook.posts.size(); ++post) {
      const bool can = night.state.can_hold(person, post);
      able += can ? 1 : 0;
      EXPECT_EQ(can, fits(night.state.roster[person], night.state.playbook.posts[post]));
    }
  EXPECT_GT(able, 0);
}

// Everything that the fold keeps beside the people follows from the people.
void expect_kept(const State& state) {
  for (PostIndex post = 0; post < state.playbook.posts.size(); ++post) {
    std::vector<PersonIndex> holders;
    for (PersonIndex p = 0; p < state.people.size(); ++p)
      if (state.people[p].status == Status::assigned &&
          state.slots.at(state.people[p].slot).post == post)
        holders.push_back(p);
    ASSERT_EQ(state.holders[post].people, holders);
    const int open = state.playbook.posts[post].count() - static_cast<int>(holders.size());
    ASSERT_EQ(state.open_seats(post), std::max(0, open));
    int seats = 0;
    for (const Slot& slot : state.slots) seats += slot.post == post ? slot.count : 0;
    ASSERT_EQ(seats, state.playbook.posts[post].count());
  }
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    ASSERT_EQ(state.reserved.contains(p), person.status == Status::reserved);
    ASSERT_EQ(state.silent.contains(p), person.is_silent() && person.status == Status::free);
    ASSERT_EQ(state.kept_out.contains(p), person.is_kept_out());
  }
}

TEST(StateSeats, WhatIsKeptBesideThePeopleFollowsFromThem) {
  Night night;
  base::SeededRandom random{9};
  night.settle(0);
  const auto& posts = night.state.playbook.posts;
  for (int i = 0; i < 600; ++i) {
    const auto person = static_cast<PersonIndex>(random.below(night.state.people.size()));
    const PersonId id = night.state.roster[person].id;
    const Slot slot = night.state.slots[random.below(night.state.slots.size())];
    const PostId post = posts[slot.post].id;
    switch (random.below(8)) {
      case 0:
      case 1:
        night.happens(i, Assigned{id, post, slot.tranche, at(i), ""}, "");
        break;
      case 2:
        night.happens(i, Reserved{id, ""}, "");
        break;
      case 3:
        night.happens(i, StoodDown{id, ""}, "");
        break;
      case 4:
        night.happens(i,
                      NeedSet{post, random.below(4), at(static_cast<int>(random.below(90))), ""});
        break;
      case 5:
        night.happens(i, Released{id, ""});
        break;
      case 6:
        night.happens(i, Missed{id, ""}, "");
        break;
      default:
        night.replies(i, id.str().c_str(), static_cast<Answer>(1 + random.below(6)), i);
    }
    ASSERT_NO_FATAL_FAILURE(expect_kept(night.state)) << "event " << i;
  }
}

TEST(StateSeats, WhoHeldASeatThatIsGoneIsFree) {
  Night night;
  night.happens(1, Assigned{PersonId{"ana"}, PostId{"resus/nurse/response"}, 1, at(20), ""}, "");
  night.happens(1, Assigned{PersonId{"dee"}, PostId{"resus/doctor/response"}, 0, at(20), ""}, "");
  night.happens(2, NeedSet{PostId{"resus/nurse/response"}, 1, at(30), "one is enough"});
  EXPECT_EQ(night.of("ana").status, Status::free);
  // Dee's seat has moved up in the list, and she still holds it.
  ASSERT_EQ(night.of("dee").status, Status::assigned);
  EXPECT_EQ(night.state.slots[night.of("dee").slot].post, night.post("resus/doctor/response"));
  EXPECT_EQ(night.state.touched.back(), night.index("ana"));
}

TEST(StateSeats, AShiftRunsFromItsFirstMinute) {
  const Night night;
  EXPECT_EQ(night.state.running_shift(at(-1)).id.str(), "response");
  EXPECT_EQ(night.state.running_shift(at(8 * 60) - base::Milliseconds{1}).id.str(), "response");
  EXPECT_EQ(night.state.running_shift(at(8 * 60)).id.str(), "relief");
  EXPECT_EQ(night.state.running_shift_position(at(1'000'000)), 1);
}

TEST(StateSeats, EveryPostOfAShiftComesBeforeThoseOfTheNext) {
  const Night night;
  const auto& posts = night.state.playbook.posts;
  for (PostIndex a = 0; a < posts.size(); ++a)
    for (PostIndex b = 0; b < posts.size(); ++b) {
      const auto key = [&](PostIndex p) {
        return std::pair{posts[p].shift.str() == "relief", posts[p].priority};
      };
      EXPECT_EQ(night.state.rank(a) < night.state.rank(b), key(a) < key(b));
    }
}

}  // namespace
}  // namespace tocsin::incident
