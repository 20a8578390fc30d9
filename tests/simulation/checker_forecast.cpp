// What the checker holds of the forecast: it is made anew when something changed, it is shown with
// its time, and nobody counts as sure who was not told.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "incident/calling/forecast.h"
#include "incident/view/board.h"
#include "incident/view/explain.h"
#include "simulation/checker.h"

namespace tocsin::simulation {

namespace {

using base::Minutes;
using incident::PersonIndex;
using incident::PostIndex;
using incident::State;
using incident::Status;

constexpr Minutes kNotice{2};    // a clock shows another minute by then
constexpr Minutes kOldest{7};    // 5, and some time for the machine to notice
constexpr Minutes kLongest{12};  // the longest answer window, and the same

// In thousandths, as the forecast in the journal has it.
std::optional<std::uint64_t> least(const Foreseen& forecast, const playbook::PostId& post) {
  std::optional<std::uint64_t> least;
  for (const incident::SeatOutlook& seat : forecast.outlook)
    if (seat.post == post) least = std::min(least.value_or(1000), seat.per_mille);
  return least;
}

int held_in(const std::map<playbook::PostId, int>& held, const playbook::PostId& post) {
  const auto found = held.find(post);
  return found == held.end() ? 0 : found->second;
}

// How many it needs now.
int seats_of(const State& state, const playbook::PostId& post) {
  int seats = 0;
  for (const incident::Slot& slot : state.slots)
    if (state.playbook.posts[slot.post].id == post) seats += slot.count;
  return seats;
}

// The position among those who have a seat in the same post.
std::size_t place_among_holders(const State& state, PersonIndex person) {
  const auto post_of = [&](PersonIndex p) { return state.slots[state.people[p].slot].post; };
  std::size_t place = 0;
  for (PersonIndex p = 0; p < person; ++p)
    place += state.people[p].status == Status::assigned && post_of(p) == post_of(person) ? 1 : 0;
  return place;
}

}  // namespace

// Whether time alone may change what is foreseen.
bool Checker::is_uncertain(const State& state) const {
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const incident::Person& person = state.people[p];
    const bool is_on_the_way = person.status == Status::assigned && !person.arrived &&
                               state.shift_position(state.slots[person.slot].post) == 0;
    if (is_on_the_way || state.silent.contains(p)) return true;
  }
  return false;
}

// There is a newer forecast when a need has changed or somebody has lost their seat, and while
// anything is uncertain it is not old.
std::string Checker::check_foreseen(const State& state) const {
  const Foreseen& forecast = record_.forecast();
  if (record_.ended() != 0 || forecast.number == 0) return "";
  if (record_.need_set() > forecast.number)
    return "a need was changed, and the forecast is of before";
  if (!is_clock_right()) return "";
  if (is_uncertain(state) && clock_.now() > forecast.true_at + kOldest)
    return fmt::format("the forecast is {} old", base::span_text(clock_.now() - forecast.true_at));
  if (record_.is_anything_unclear()) return "";
  // Somebody who was more than a post needs changes nothing when they go.
  const auto held = record_.held();
  for (const auto& [post, count] : forecast.held)
    if (held_in(held, post) < std::min(count, seats_of(state, post)))
      return fmt::format("{} has lost somebody, and the forecast is of before", post.str());
  return "";
}

// The board and the explanations say of when their forecast is, and show none of a post that was
// filled since.
std::string Checker::check_shown(const State& state) {
  const Foreseen& forecast = record_.forecast();
  if (!is_clock_right() || record_.ended() != 0 || forecast.number == 0) return "";
  const base::Instant now = machine_.now();
  const incident::Board board = incident::board(state, now);
  if (board.forecast_at != forecast.at) return "the board does not say of when its forecast is";
  const auto& posts = state.playbook.posts;
  const auto was_filled_since = [&](PostIndex post) {
    return state.open_seats(post) <= 0 &&
           held_in(forecast.held, posts[post].id) < posts[post].count();
  };
  if (explained_ != forecast.number && clock_.now() > forecast.true_at + kNotice) {
    explained_ = forecast.number;
    for (PostIndex post = 0; post < posts.size(); ++post) {
      const std::string reason = incident::explain_post(state, post, now);
      if (reason.find("% probability") != std::string::npos &&
          reason.find(base::local_clock(forecast.at)) == std::string::npos)
        return "the explanation does not say of when its forecast is";
    }
  }
  for (const incident::AreaLine& line : board.areas) {
    if (!line.forecast) continue;
    const auto shown = static_cast<std::uint64_t>(*line.forecast * 1000 + 0.5);
    bool is_of_now = false;
    for (PostIndex post = 0; post < posts.size(); ++post)
      is_of_now =
          is_of_now || (posts[post].area == line.id && least(forecast, posts[post].id) == shown &&
                        !was_filled_since(post));
    if (!is_of_now) return fmt::format("the forecast of {} is of before it was filled", line.title);
  }
  return "";
}

bool Checker::is_untold_for_long(const State& state, PersonIndex p) const {
  const incident::Person& person = state.people[p];
  const Issue* newest = record_.decision(p);
  return person.status == Status::assigned && !person.arrived && newest != nullptr &&
         clock_.now() > newest->at + kLongest && !has_heard_decision(p);
}

// Somebody with a seat who was not told counts for less than if they had been.
std::string Checker::check_untold_seats(const State& state) {
  if (!is_clock_right() || record_.ended() != 0) return "";
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    if (!is_untold_for_long(state, p)) continue;
    const incident::Person& person = state.people[p];
    if (!person.decision || !foreseen_.insert(record_.decision(p)->event.id).second) continue;
    State told = state;
    told.untold.erase(*person.decision);
    if (!told.knows_decision(p)) continue;  // nothing reaches them
    const PostIndex post = state.slots[person.slot].post;
    const base::Instant now = machine_.now();
    const auto sure = [&](const State& of) {
      incident::Pool pool;
      pool.follow(of, now);
      const callout::Belief belief{incident::evidence_of(of, now), of.history};
      for (const callout::Post& one : incident::question_of(of, pool, belief, now).posts)
        if (one.post == post) return one.at_all.holders.at(place_among_holders(of, p));
      return 0.0;
    };
    if (sure(told) <= 0) continue;  // they do not come any more
    const auto expected = [&](const State& of) {
      return incident::expected_seats(of, now, {Minutes{7 * 24 * 60}})[post].front();
    };
    const bool is_full = expected(told) >= state.playbook.posts[post].count();
    if (sure(state) >= sure(told) || (!is_full && expected(state) >= expected(told)))
      return fmt::format("{} was not told, and the forecast is as sure of them as if they had been",
                         hospital_.id(p).str());
  }
  return "";
}

}  // namespace tocsin::simulation
