#include "drill/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "drill/figures.h"

namespace tocsin::drill {

namespace {

using base::Instant;
using incident::Place;
using incident::State;

// How many of these seats were taken in time by these arrivals: earliest deadline first, each by
// the earliest arrival left, which is the most that any matching can reach.
int on_time(std::vector<Instant> deadlines, std::vector<Instant> arrivals) {
  std::sort(deadlines.begin(), deadlines.end());
  std::sort(arrivals.begin(), arrivals.end());
  std::size_t next = 0;
  int matched = 0;
  for (const Instant deadline : deadlines)
    if (next < arrivals.size() && arrivals[next] <= deadline) {
      ++next;
      ++matched;
    }
  return matched;
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

Report summarise(const State& state, const People& people) {
  Report report;
  report.exercise = state.declared.label;
  report.playbook = state.playbook.id;
  report.staff = state.people.size();
  report.people = state.counts();

  std::vector<std::vector<Instant>> arrivals(state.playbook.posts.size());
  for (incident::PersonIndex p = 0; p < state.people.size(); ++p) {
    const incident::Person& person = state.people[p];
    const auto arrived = people.arrival(p);
    if (!arrived) continue;
    // Staff on duty who went back to their ward came from no further than its door.
    if (person.place == Place::assigned)
      arrivals[state.slots[person.slot].post].push_back(*arrived);
    else if (person.duty != roster::Duty::on_duty)
      ++report.surplus_arrivals;
  }
  for (const playbook::Area& area : state.playbook.areas)
    report.areas.push_back({area.id.str(), area.title, {}});
  for (incident::PostIndex p = 0; p < arrivals.size(); ++p) {
    std::vector<Instant> deadlines;
    for (const incident::Slot& slot : state.slots)
      if (slot.post == p)
        deadlines.insert(deadlines.end(), static_cast<std::size_t>(slot.count), state.at(slot.by));
    const Filled filled{static_cast<int>(deadlines.size()), static_cast<int>(arrivals[p].size()),
                        on_time(deadlines, arrivals[p])};
    if (state.is_relief(p)) {
      add(report.relief, filled);
      continue;
    }
    add(report.posts, filled);
    const auto area = std::find_if(report.areas.begin(), report.areas.end(), [&](const auto& a) {
      return a.id == state.playbook.posts[p].area.str();
    });
    add(area->posts, filled);
  }

  for (const incident::Message& message : state.messages)
    report.messages.sent += message.receipt && *message.receipt <= channel::Receipt::read ? 1 : 0;
  report.messages.delivered = people.delivered();
  for (const auto& [reason, count] : state.refused)
    (reason == incident::kDuplicate ? report.messages.duplicates : report.messages.rejected) +=
        count;
  report.interruptions = state.flags.size();
  report.decisions = state.decisions;
  report.events = state.events;
  return report;
}

nlohmann::json to_json(const Report& r) {
  nlohmann::json areas = nlohmann::json::array();
  for (const AreaResult& area : r.areas) {
    nlohmann::json one = json_of(area.posts);
    one["id"] = area.id;
    areas.push_back(std::move(one));
  }
  return {{"exercise", r.exercise},
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
  out += fmt::format("\n{} simulated in {:.2f} s; {} events in the journal",
                     base::minutes_text(r.minutes), r.wall_seconds, r.events);
  out += fmt::format("\nPeople behave after {}\n", kFiguresRow);
  return out;
}

}  // namespace tocsin::drill
