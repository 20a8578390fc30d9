#include "screen/incident/plan_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/counted.h"
#include "base/text.h"
#include "incident/calling/rota_needs.h"
#include "incident/seating/ward.h"
#include "screen/coverage_view.h"

namespace tocsin::cli {

namespace {

using incident::Plan;
using incident::PlannedPost;
using nlohmann::json;

int left_to_wards(const Plan& plan, base::Instant at) {
  const std::vector<int> left = incident::left_to_the_wards(plan.state, at);
  return std::accumulate(left.begin(), left.end(), 0);
}

// What the rota says about the fortnight from then on, when there is something to look at.
void print_rota(Output& out, const Plan& plan) {
  const roster::Coverage coverage = incident::coverage(plan.state);
  const roster::Roster& roster = plan.state.roster;
  if (!coverage.has_plan) return out.line("No duty is planned: everybody counts as off duty.");
  out.line(fmt::format("As planned, {}{}.", to_sentence(coverage.reach, coverage.at, coverage.next),
                       coverage.unknown == 0
                           ? ""
                           : fmt::format("; of {} it does not say whether they are at work",
                                         base::counted(coverage.unknown, "person", "people"))));
  const auto list = [&](std::string_view heading, const std::vector<std::string>& lines) {
    constexpr std::size_t kShown = 10;
    if (lines.empty()) return;
    out.line(std::string{heading});
    for (std::size_t i = 0; i < std::min(kShown, lines.size()); ++i)
      out.line("  " + base::printable(lines[i]));
    if (lines.size() > kShown)
      out.line(fmt::format("  and {} more; --json lists all", lines.size() - kShown));
  };
  list("At some time of the fortnight it has nobody for", uncovered_lines(coverage));
  list("Stints over another of the same person", overlap_lines(coverage, roster));
  list("On duty for 24 hours or more", long_duty_lines(coverage, roster));
}

void print_plan_json(Output& out, const Plan& plan, base::Instant at) {
  auto waves = json::array();
  for (const incident::PlannedWave& wave : plan.waves) {
    auto people = json::array();
    for (const auto p : wave.people) people.push_back(plan.state.roster[p].id.str());
    auto posts = json::object();
    for (const auto& [post, asked] : wave.asked)
      posts[plan.state.playbook.posts[post].id.str()] = asked;
    waves.push_back({{"minute", wave.minute.count()},
                     {"people", std::move(people)},
                     {"posts", std::move(posts)}});
  }
  auto posts = json::array();
  for (const PlannedPost& planned : plan.posts) {
    const playbook::Post& post = plan.state.playbook.posts[planned.post];
    posts.push_back({{"id", post.id.str()},
                     {"required", post.count()},
                     {"by", post.by().count()},
                     {"probability", planned.probability},
                     {"at_risk", planned.at_risk}});
  }
  out.json({{"at", base::to_rfc3339(at)},
            {"waves", std::move(waves)},
            {"posts", std::move(posts)},
            {"asked", plan.asked},
            {"left_to_wards", left_to_wards(plan, at)},
            {"rota", to_json(incident::coverage(plan.state), plan.state.roster)},
            {"roster", plan.state.roster.size()}});
}

// Draws one line for an area: the filled share of its seats of the first shift, in eighths, every
// ten minutes.
void draw_area(Output& out, const Plan& plan, const playbook::Area& area) {
  static constexpr std::array<std::string_view, 9> kEighths = {" ", "▁", "▂", "▃", "▄",
                                                               "▅", "▆", "▇", "█"};
  const auto times = incident::curve();
  std::vector<double> filled(times.size(), 0);
  int seats = 0;
  for (const PlannedPost& planned : plan.posts) {
    const playbook::Post& post = plan.state.playbook.posts[planned.post];
    if (post.area != area.id || plan.state.is_relief(planned.post)) continue;
    seats += post.count();
    for (std::size_t t = 0; t < times.size(); ++t) filled[t] += planned.expected[t];
  }
  if (seats == 0) return;
  std::string line;
  for (const double part : filled)
    line += kEighths[static_cast<std::size_t>(std::lround(8 * part / seats))];
  out.line(
      fmt::format("  {} {}  {:>3.0f} of {}", out.cell(area.title, 34), line, filled.back(), seats));
}

void print_plan_text(Output& out, const Plan& plan, base::Instant at) {
  const incident::State& state = plan.state;
  std::size_t placed = 0;
  for (const incident::Person& person : state.people)
    placed += person.status == incident::Status::assigned ? 1 : 0;
  out.line(fmt::format("{}  {}", out.paint(Paint::bold, base::local_stamp(at)),
                       base::printable(state.playbook.title)));
  out.line(fmt::format("{} on duty would be placed at once.",
                       base::counted(placed, "person", "people")));
  for (std::size_t w = 0; w < plan.waves.size(); ++w)
    out.line(fmt::format("After {:>3}: {} would be woken{}.",
                         base::minutes_text(plan.waves[w].minute),
                         base::counted(plan.waves[w].people.size(), "person", "people"),
                         plan.waves[w].minute.count() > 0 ? " if nobody had answered" : ""));
  if (const int left = left_to_wards(plan, at); left > 0)
    out.line(fmt::format("{} left to whoever is at work, because the rota does not say who.",
                         base::counted(left, "seat is", "seats are")));
  print_rota(out, plan);
  out.line("");
  out.line("Seats expected to be filled after 0 to 120 minutes, from the first wave alone");
  for (const playbook::Area& area : state.playbook.areas) draw_area(out, plan, area);
  const auto at_risk = static_cast<std::size_t>(std::count_if(
      plan.posts.begin(), plan.posts.end(), [](const PlannedPost& post) { return post.at_risk; }));
  out.line("");
  if (at_risk == 0) {
    out.line("Every post reaches the playbook's target.");
    return;
  }
  out.line(fmt::format("{} at risk", base::counted(at_risk, "post", "posts")));
  for (const PlannedPost& planned : plan.posts) {
    if (!planned.at_risk) continue;
    const playbook::Post& post = state.playbook.posts[planned.post];
    out.line(fmt::format("  {} {:>3} by {:>5}  {:>3.0f} %", out.cell(post.id.str(), 46),
                         post.count(), base::minutes_text(post.by()),
                         std::floor(planned.probability * 100)));
  }
}

}  // namespace

void print_plan(Output& out, Form form, const Plan& plan, base::Instant at) {
  if (form == Form::json)
    print_plan_json(out, plan, at);
  else
    print_plan_text(out, plan, at);
}

}  // namespace tocsin::cli
