#include "drill/report/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "drill/people/broadcast.h"
#include "drill/people/figures.h"
#include "incident/state/reach.h"

namespace tocsin::drill {

namespace {

using incident::State;
using incident::Status;

// Later times of a post include the earlier ones ("3 by 20 min then 8 by 60 min"), so somebody who
// counted at the earlier time is not counted again at the later one.
int on_time(const State& state, incident::PostIndex post, const Watch& watch) {
  int used = 0;
  for (const incident::Slot& slot : state.slots) {
    if (slot.post != post) continue;
    const int present = watch.at(slot.by).present[post];
    used += std::clamp(present - used, 0, slot.count);
  }
  return used;
}

std::vector<PostResult> posts_of(const State& state, const Watch& watch) {
  std::vector<PostResult> out;
  for (incident::PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    const playbook::Post& post = state.playbook.posts[p];
    const int there = watch.looks().back().present[p];
    out.push_back({post.id.str(), post.area.str(), post.priority, state.is_relief(p), post.by(),
                   Filled{post.count(), std::min(post.count(), there), on_time(state, p, watch)}, 0,
                   post.count(), 0});
  }
  for (const incident::Person& person : state.people) {
    if (person.asked_post) ++out[*person.asked_post].asked;
    if (person.status != Status::assigned) continue;
    PostResult& post = out[state.slots[person.slot].post];
    ++post.held;
    if (person.duty == roster::Duty::on_duty) --post.from_off_duty;
  }
  return out;
}

// `is_wanted` is by post.
Yield yield_of(const State& state, const People& people, const std::vector<bool>& is_wanted) {
  Yield yield;
  for (incident::PersonIndex p = 0; p < state.people.size(); ++p) {
    if (!could_be_asked(state, p)) continue;
    const std::vector<bool>& can_hold = state.profiles[state.people[p].profile].can_hold;
    bool is_able = false;
    for (std::size_t post = 0; post < can_hold.size(); ++post)
      is_able = is_able || (can_hold[post] && is_wanted[post]);
    if (!is_able) continue;
    ++yield.able;
    const Night& night = people.night(p);
    yield.would_come += night.notices && night.says == incident::Answer::coming ? 1 : 0;
  }
  return yield;
}

void add(Filled& sum, const Filled& part) {
  sum.required += part.required;
  sum.filled += part.filled;
  sum.on_time += part.on_time;
}

nlohmann::json json_of(const Filled& filled) {
  return {{"required", filled.required}, {"filled", filled.filled}, {"on_time", filled.on_time}};
}

std::string row(std::string_view what, const Filled& f) {
  return fmt::format("  {} {:>5} of {:<5} {:>5} on time{}\n", base::fit(what, 36), f.filled,
                     f.required, f.on_time, f.filled < f.required ? "   SHORT" : "");
}

}  // namespace

bool Report::is_complete() const noexcept {
  return posts.on_time == posts.required && relief.on_time == relief.required;
}

Report summarise(const State& state, const People& people, const Watch& watch, const Rings& rings) {
  Report report;
  report.exercise = state.declared.label;
  report.playbook = state.playbook.id;
  report.staff = state.people.size();
  report.people = state.counts();

  for (incident::PersonIndex p = 0; p < state.people.size(); ++p) {
    if (state.people[p].was_asked()) report.asked.push_back(p);
    // Staff on duty who go back to their ward are no surplus arrivals.
    if (people.arrival(p) && state.people[p].duty != roster::Duty::on_duty &&
        !is_at_post(state, people, p))
      ++report.surplus_arrivals;
  }
  report.post_results = posts_of(state, watch);
  std::vector<bool> sooner;
  std::vector<bool> later;
  for (const PostResult& post : report.post_results) {
    sooner.push_back(!post.relief && post.by < Report::kSoon);
    later.push_back(!post.relief && post.by >= Report::kSoon);
  }
  report.yield_sooner = yield_of(state, people, sooner);
  report.yield_later = yield_of(state, people, later);
  for (const playbook::Area& area : state.playbook.areas)
    report.areas.push_back({area.id.str(), area.title, {}});
  for (incident::PostIndex p = 0; p < report.post_results.size(); ++p) {
    const PostResult& post = report.post_results[p];
    add(post.relief ? report.relief : report.posts, post.seats);
    const auto area = std::find_if(report.areas.begin(), report.areas.end(),
                                   [&](const auto& a) { return a.id == post.area; });
    if (!post.relief) add(area->posts, post.seats);
  }

  for (const incident::Message& message : state.messages)
    report.messages.sent += message.receipt && *message.receipt <= contact::Receipt::read ? 1 : 0;
  report.messages.delivered = people.delivered();
  for (const auto& [reason, count] : state.refused)
    (reason == incident::kDuplicate ? report.messages.duplicates : report.messages.rejected) +=
        count;
  report.interruptions = state.interruptions + rings.all;
  report.interruptions_first_hour = watch.at(Report::kSoon).interruptions + rings.first_hour;
  report.decisions = state.decisions;
  report.events = state.events;
  for (const Look& look : watch.looks())
    if (look.at <= Report::kCurve) report.looks.push_back(look);
  return report;
}

std::vector<Way> ways_of(const State& state) {
  std::vector<Way> ways;
  for (const incident::ChannelId& channel : state.playbook.cascade.channels) {
    if (!state.has_channel(channel)) continue;
    Way way{channel};
    for (incident::PersonIndex p = 0; p < state.people.size(); ++p) {
      const incident::Person& person = state.people[p];
      if (!incident::can_reach(state, p, channel)) continue;
      ++way.have;
      bool is_asked = false;
      bool is_delivered = false;
      for (const incident::MessageIndex m : person.messages) {
        const incident::Message& message = state.messages[m];
        if (message.channel != channel || !message.asks()) continue;
        is_asked = true;
        is_delivered = is_delivered || message.receipt == contact::Receipt::delivered ||
                       message.receipt == contact::Receipt::read;
      }
      way.asked += is_asked ? 1 : 0;
      way.delivered += is_delivered ? 1 : 0;
      way.answered += is_asked && person.answered_on == channel ? 1 : 0;
    }
    ways.push_back(std::move(way));
  }
  return ways;
}

nlohmann::json to_json(const Report& r) {
  nlohmann::json areas = nlohmann::json::array();
  for (const AreaResult& area : r.areas) {
    nlohmann::json one = json_of(area.posts);
    one["id"] = area.id;
    areas.push_back(std::move(one));
  }
  nlohmann::json out = {
      {"exercise", r.exercise},
      {"playbook", r.playbook},
      {"seed", r.seed},
      {"staff", r.staff},
      {"minutes", r.minutes.count()},
      {"messages",
       {{"sent", r.messages.sent},
        {"delivered", r.messages.delivered},
        {"duplicates", r.messages.duplicates},
        {"rejected", r.messages.rejected}}},
      {"people",
       {{"called", r.people.called},
        {"reached", r.people.reached},
        {"replied", r.people.replied},
        {"yes", r.people.yes},
        {"later", r.people.later},
        {"last_resort", r.people.last_resort},
        {"no", r.people.no},
        {"offers", r.people.offers},
        {"assigned", r.people.assigned},
        {"reserved", r.people.reserved},
        {"stood_down", r.people.stood_down},
        {"arrived", r.people.arrived},
        {"surplus_arrivals", r.surplus_arrivals}}},
      {"posts", json_of(r.posts)},
      {"areas", std::move(areas)},
      {"relief", {{"required", r.relief.required}, {"filled", r.relief.filled}}},
      {"coordinator", {{"interruptions", r.interruptions}, {"decisions", r.decisions}}},
      {"journal", {{"events", r.events}, {"head", r.head}}},
      {"wall_seconds", r.wall_seconds}};
  for (const Way& way : r.ways)
    out["channels"].push_back({{"channel", way.channel.str()},
                               {"have", way.have},
                               {"asked", way.asked},
                               {"delivered", way.delivered},
                               {"answered", way.answered}});
  return out;
}

std::string to_text(const Report& r) {
  std::string out;
  out += fmt::format("EXERCISE {}: {}, {} staff, seed {}\n\n", r.exercise, r.playbook, r.staff,
                     r.seed);
  out += fmt::format("Asked    {:>5} of {} staff, {} messages sent\n", r.people.called, r.staff,
                     r.messages.sent);
  out += fmt::format("Replied  {:>5}: {} coming, {} later, {} only if short, {} no\n",
                     r.people.replied, r.people.yes, r.people.later, r.people.last_resort,
                     r.people.no);
  out += fmt::format("Then     {:>5} given a post, {} held in reserve, {} told to stay home\n",
                     r.people.assigned, r.people.reserved, r.people.stood_down);
  out += fmt::format("Arrived  {:>5}, of whom {} had no post to go to\n", r.people.arrived,
                     r.surplus_arrivals);
  out += fmt::format("Offers   {:>5} parked without interrupting anybody\n", r.people.offers);
  out += fmt::format("Prompts  {:>5} to the coordinator, {} duplicates and {} refused messages\n\n",
                     r.interruptions, r.messages.duplicates, r.messages.rejected);
  out += "Posts filled, by area\n";
  for (const AreaResult& area : r.areas)
    if (area.posts.required > 0) out += row(area.title, area.posts);
  out += row("All of the first shift", r.posts);
  if (r.relief.required > 0) out += row("Relief", r.relief);
  if (!r.ways.empty())
    out += fmt::format("\n{:<12}{:>9}{:>9}{:>12}{:>10}\n", "Channel", "have it", "asked",
                       "delivered", "answered");
  for (const Way& way : r.ways)
    out += fmt::format("  {:<10}{:>9}{:>9}{:>12}{:>10}\n", way.channel.str(), way.have, way.asked,
                       way.delivered, way.answered);
  out += fmt::format("\n{} simulated in {:.2f} s; {} events in the journal",
                     base::minutes_text(r.minutes), r.wall_seconds, r.events);
  out += fmt::format("\nPeople behave after {}\n", kFiguresRow);
  return out;
}

}  // namespace tocsin::drill
