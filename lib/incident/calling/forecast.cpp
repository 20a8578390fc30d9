#include "incident/calling/forecast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "incident/calling/answer_window.h"
#include "incident/calling/calls.h"
#include "incident/calling/candidate.h"
#include "incident/calling/phone_queue.h"
#include "incident/calling/sending.h"
#include "incident/calling/staff_group.h"
#include "incident/calling/way.h"
#include "incident/seating/arrival.h"
#include "incident/seating/rest.h"
#include "incident/seating/ward.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;
using callout::Belief;
using callout::Journeys;
using callout::Promised;

Promised promise_of(const State& state, PersonIndex index, Instant now) {
  const Person& person = state.people[index];
  const Instant from = set_out(person);
  return {std::max(0.0, minutes_between(from, now)),
          std::max(0.0, minutes_between(from, ready_at(state, index)))};
}

// Whether the person has a seat and should be there by now.
bool is_due(const State& state, const Journeys& journeys, PersonIndex index, Instant now) {
  const Person& person = state.people[index];
  if (person.status != Status::assigned || state.is_relief(state.slots[person.slot].post))
    return false;
  if (is_on_the_ward(person))
    return minutes_between(person.status_since, now) >= journeys.longest_walk();
  const Promised promise = promise_of(state, index, now);
  return promise.said >= journeys.longest(promise.promised);
}

// Whether silence at the door means absence (tocsin-forecast(7), Not coming): people must report
// their arrival, and at most twice as many as the expected no-shows have not reported.
struct Door {
  bool is_watched = false;
  std::vector<PersonIndex> unheard;
};

Door door_of(const State& state, const Journeys& journeys, Instant now) {
  Door door;
  double absent = 0;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    if (person.missed || (person.status == Status::assigned && person.arrived)) {
      absent += journeys.no_show(is_on_the_ward(person));
    } else if (is_due(state, journeys, p, now)) {
      absent += journeys.no_show(is_on_the_ward(person));
      door.unheard.push_back(p);
    }
  }
  door.is_watched = static_cast<double>(door.unheard.size()) <= 2 * absent;
  return door;
}

// The chance that somebody with a seat learns of it. What was sent a moment ago is on its way, and
// somebody who said yes on the telephone waits for the call.
double chance_to_know(const State& state, const Belief& belief, PersonIndex index, Instant now) {
  if (state.knows_decision(index)) return 1;
  const Person& person = state.people[index];
  if (!person.decision) return belief.reach();
  const Message& message = state.messages[*person.decision];
  const bool is_fresh = message.receipt != contact::Receipt::failed_for_good &&
                        now < message.issued + answer_window(state, state.post_index(message.post));
  if (is_fresh && (message.channel != kPhone || person.answered_on == kPhone)) return 1;
  return state.phone_list.contains(*person.decision) ? belief.picks_up() : belief.reach();
}

// The chance that somebody with a seat, who knows of it, is there in `left` minutes.
double chance_of(const State& state, const Journeys& journeys, const Door& door, PersonIndex index,
                 const Slot& slot, double left, Instant now) {
  const Person& person = state.people[index];
  if (person.arrived) return 1;
  if (is_on_the_ward(person)) {
    const double told = std::max(0.0, minutes_between(person.status_since, now));
    return !door.is_watched && is_due(state, journeys, index, now)
               ? 1 - journeys.no_show(true)
               : journeys.walks_in_time(told, left);
  }
  const Promised promise = promise_of(state, index, now);
  // Somebody in a later shift comes in time for it, unless they change their mind.
  if (state.is_relief(slot.post))
    return promise.promised - promise.said <= left
               ? journeys.in_time(Promised{promise.said, 0}, left)
               : 0;
  if (!door.is_watched && promise.said >= journeys.longest(promise.promised))
    return journeys.in_time(Promised{promise.said, 0}, left);
  return journeys.in_time(promise, left);
}

std::vector<callout::Post> posts_of(const State& state, const Pool& pool, const Belief& belief,
                                    const PhoneQueue& queue, Instant now) {
  const Journeys& journeys = belief.journeys();
  const Door door = door_of(state, journeys, now);
  std::vector<std::vector<PersonIndex>> holders(state.playbook.posts.size());
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (state.people[p].status == Status::assigned)
      holders[state.slots[state.people[p].slot].post].push_back(p);

  const std::vector<int> left_to_wards = left_to_the_wards(state, now);
  std::vector<callout::Post> posts;
  for (SlotIndex s = 0; s < state.slots.size();) {
    const PostIndex p = state.slots[s].post;
    callout::Post post;
    post.post = p;
    post.rank = state.rank(p);
    post.target = state.playbook.limits.confidence(state.playbook.posts[p].priority);
    post.open = pool.open_by_post()[p];
    post.takes_later = state.is_relief(p);
    post.until_phone = until_phone(state, belief, queue, p);
    if (queue.exists)
      post.until_ring = queue.listed[static_cast<std::size_t>(post.rank)] / belief.calls_a_minute();
    int seats = 0;
    int left_to_others = 0;
    for (; s < state.slots.size() && state.slots[s].post == p; ++s) {
      const Slot& slot = state.slots[s];
      seats += slot.count;
      left_to_others += left_to_wards[s];
      callout::Deadline deadline;
      deadline.number = slot.tranche;
      deadline.seats = seats;
      deadline.left = minutes_between(now, state.at(slot.by));
      deadline.left_at_first = static_cast<double>(slot.by.count());
      deadline.left_to_others = left_to_others;
      deadline.missing_at_first = seats - left_to_others;
      post.at_all = deadline;
      for (const PersonIndex h : holders[p]) {
        const double knows = chance_to_know(state, belief, h, now);
        deadline.holders.push_back(
            knows * chance_of(state, journeys, door, h, slot, std::max(0.0, deadline.left), now));
        post.at_all.holders.push_back(knows * chance_of(state, journeys, door, h, slot, 1e6, now));
        // Staff on duty are placed at once. The target is about the other seats.
        if (is_on_the_ward(state.people[h])) --deadline.missing_at_first;
      }
      if (deadline.left > 0) post.deadlines.push_back(std::move(deadline));
    }
    posts.push_back(std::move(post));
  }
  return posts;
}

// They were rung and did not pick up, or there is no number any more.
bool was_rung_out(const State& state, PersonIndex p) {
  return state.people[p].phone_tries >= kMostPhoneTries || !can_reach(state, p, kPhone);
}

std::vector<callout::Silent> silent_of(const State& state, const PhoneQueue& queue,
                                       const Sending& sending, const Belief& belief, Instant now) {
  std::map<PersonIndex, std::size_t> place_on_list;  // 1 is the next to ring
  for (const Call& call : calls(state, now, Taken::keep))
    place_on_list.emplace(call.person, place_on_list.size() + 1);
  std::vector<callout::Silent> silent;
  for (const PersonIndex p : state.silent) {
    const Person& person = state.people[p];
    const Message& last = state.messages[*person.request];
    callout::Silent one;
    one.post = person.asked_post.value_or(static_cast<PostIndex>(state.playbook.posts.size()));
    one.profile = person.profile;
    const double until_sent = sending.until_sent(p);
    const double asked = until_sent > 0 ? 0 : minutes_between(sending.asked(p), now);
    double phone = -1;
    if (queue.exists && person.asked_post) {
      const double whole = until_phone(state, belief, queue, *person.asked_post);
      const auto window = static_cast<double>(answer_window(state, person.asked_post).count());
      const auto at = place_on_list.find(p);
      if (at != place_on_list.end())
        phone = static_cast<double>(at->second) / belief.calls_a_minute();
      else if (last.channel != kPhone && !was_rung_out(state, p))
        phone = std::max(0.0, window - asked) + whole - window;
    }
    one.asked = {asked,
                 static_cast<double>(state.roster[p].travel.count()),
                 phone,
                 kMostPhoneTries - person.phone_tries,
                 state.messages[person.messages.front()].channel != kPhone,
                 until_sent,
                 way_of(state, p)};
    silent.push_back(one);
  }
  return silent;
}

// In minutes. Somebody who said yes so long ago does not change their mind any more.
constexpr double kLongAgo = 24 * 60;

std::vector<callout::Movable> movable_of(const State& state, const Journeys& journeys,
                                         Instant now) {
  std::vector<callout::Movable> movable;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    const bool is_assigned = person.status == Status::assigned;
    if (!state.kept_out.contains(p) && !is_assigned && person.status != Status::reserved) continue;
    if (person.answer == Answer::later && !person.arrived) continue;  // they mean the next shift
    callout::Movable one;
    one.profile = person.profile;
    if (is_assigned) one.rank = state.rank(state.slots[person.slot].post);
    if (is_held_back(state, p) || state.kept_out.contains(p))
      one.promise.promised =
          journeys.from_yes(static_cast<double>(state.roster[p].travel.count()), 0);
    else if (!person.arrived && !is_on_the_ward(person))
      one.promise = promise_of(state, p, now);
    else
      one.promise.said = kLongAgo;
    movable.push_back(one);
  }
  return movable;
}

}  // namespace

bool is_review_due(const State& state, Instant now) {
  if (!state.reviewed || now >= *state.reviewed + kReviewEvery) return true;
  if (state.held_at_review.sent.size() != state.slots.size()) return true;
  std::vector<int> held(state.slots.size(), 0);
  for (const Holders& holders : state.holders)
    for (const PersonIndex p : holders.people) ++held[state.people[p].slot];
  for (SlotIndex s = 0; s < state.slots.size(); ++s)
    if (held[s] < state.held_at_review.sent[s]) return true;
  return false;
}

std::optional<Instant> next_review(const State& state) {
  if (!state.reviewed) return std::nullopt;
  const auto is_under_way = [&](PersonIndex p) { return !state.people[p].arrived; };
  bool uncertain = !state.silent.empty();
  for (PostIndex post = 0; post < state.holders.size() && !uncertain; ++post)
    uncertain =
        !state.is_relief(post) && std::any_of(state.holders[post].people.begin(),
                                              state.holders[post].people.end(), is_under_way);
  return uncertain ? std::optional{*state.reviewed + kReviewEvery} : std::nullopt;
}

callout::Evidence evidence_of(const State& state, Instant now) {
  callout::Evidence evidence;
  const Sending sending(state);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    // What nobody has got nobody is silent about.
    if (!person.was_asked() || (person.is_silent() && sending.until_sent(p) > 0)) continue;
    const bool by_phone = person.answered_on == kPhone;
    const bool answered = person.answer != Answer::none;
    if (answered && !by_phone)
      ++evidence.by(way_of(state, p)).answered;
    else if (state.messages[person.messages.front()].channel != kPhone)
      evidence.by(way_of(state, p))
          .add_silent(minutes_between(
              sending.asked(p), answered ? person.answered : person.silent_until.value_or(now)));
    evidence.picked_up += answered && by_phone ? 1 : 0;
    evidence.not_picked_up += person.phone_tries;
    evidence.coming += person.answer == Answer::coming ? 1 : 0;
    evidence.later += person.answer == Answer::later ? 1 : 0;
    evidence.last_resort += person.answer == Answer::last_resort ? 1 : 0;
    evidence.no += person.answer == Answer::no ? 1 : 0;
  }
  return evidence;
}

std::vector<std::vector<double>> expected_seats(const State& state, Instant now,
                                                const std::vector<base::Minutes>& after) {
  const Belief belief{evidence_of(state, now), state.history};
  const Door door = door_of(state, belief.journeys(), now);
  const Sending sending(state);
  std::vector<std::vector<double>> seats(state.playbook.posts.size(),
                                         std::vector<double>(after.size(), 0.0));
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    for (std::size_t t = 0; t < after.size(); ++t) {
      const auto left = static_cast<double>(after[t].count());
      if (person.status == Status::assigned) {
        const Slot& slot = state.slots[person.slot];
        seats[slot.post][t] += chance_to_know(state, belief, p, now) *
                               chance_of(state, belief.journeys(), door, p, slot, left, now);
      } else if (person.is_silent() && person.asked_post) {
        callout::Asked asked{minutes_between(sending.asked(p), now),
                             static_cast<double>(state.roster[p].travel.count()), -1};
        asked.until_sent = sending.until_sent(p);
        asked.way = way_of(state, p);
        seats[*person.asked_post][t] += belief.says_coming() * belief.in_time(asked, left);
      }
    }
  }
  for (PostIndex p = 0; p < seats.size(); ++p)
    for (double& sum : seats[p])
      sum = std::min(sum, static_cast<double>(state.playbook.posts[p].count()));
  return seats;
}

std::vector<Body> missed(const State& state, Instant now) {
  std::vector<Body> events;
  const Door door = door_of(state, Journeys{}, now);
  if (!door.is_watched) return events;
  for (const PersonIndex p : door.unheard)
    events.emplace_back(Missed{
        state.roster[p].id,
        fmt::format("expected {}, and has not come", base::local_clock(ready_at(state, p)))});
  return events;
}

callout::Question question_of(const State& state, const Pool& pool, const Belief& belief,
                              Instant now) {
  callout::Question question;
  const PhoneQueue queue = phone_queue(state, pool, belief);
  question.posts = posts_of(state, pool, belief, queue, now);
  const Sending sending(state);
  question.slow = sending.slow();
  question.silent = silent_of(state, queue, sending, belief, now);
  StaffGroups groups = staff_groups_of(state);
  question.group_room = std::move(groups.room);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const bool again = may_be_asked_again(state, p);
    if (!again && !is_candidate(state, p)) continue;
    const roster::Responder& row = state.roster[p];
    const bool rest_broken = would_break_rest(state, p);
    if (rest_broken && state.keeps_rest) continue;
    const ChannelId first = *next_channel(state, p);
    question.candidates.push_back(
        {p, state.people[p].profile, groups.of_person[p], static_cast<double>(row.travel.count()),
         state.people[p].duty == roster::Duty::on_call, rest_broken, state.people[p].burden,
         again ? minutes_between(state.people[p].asked, now) : -1, first != kPhone,
         state.people[p].duty == roster::Duty::unknown, sending.place_of(first), way_of(first)});
  }
  question.movable = movable_of(state, belief.journeys(), now);
  for (const Profile& profile : state.profiles) question.can_hold.push_back(&profile.can_hold);
  for (const KeyChain& key : state.key_chains) question.lines.push_back({key.post, key.people});
  return question;
}

}  // namespace tocsin::incident
