#include "screen/allocation_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace tocsin::cli {

namespace {

using allocation::Objective;
using allocation::Problem;
using allocation::Solution;
using base::printable;

using Posts = std::map<allocation::PostId, const allocation::Post*>;
using Responders = std::map<allocation::ResponderId, const allocation::Responder*>;

void print_solution_json(const Solution& solution, Output& out) {
  auto assignments = nlohmann::json::array();
  for (const auto& assignment : solution.assignments)
    assignments.push_back({{"responder", assignment.responder.str()},
                           {"post", assignment.post.str()},
                           {"arrives", assignment.arrives.count()},
                           {"on_time", assignment.on_time}});
  auto unfilled = nlohmann::json::array();
  for (const auto& entry : solution.unfilled)
    unfilled.push_back(
        {{"post", entry.post.str()}, {"missing", entry.missing}, {"reason", entry.reason}});
  const Objective& objective = solution.objective;
  auto filled = nlohmann::json::array();
  for (const auto& level : objective.filled)
    filled.push_back(
        {{"priority", level.priority}, {"minimum", level.minimum}, {"total", level.total}});
  auto on_time = nlohmann::json::array();
  for (const auto& level : objective.on_time)
    on_time.push_back({{"priority", level.priority}, {"total", level.total}});
  out.json({{"assignments", assignments},
            {"unfilled", unfilled},
            {"objective",
             {{"filled", filled},
              {"on_time", on_time},
              {"rest_breaches", objective.rest_breaches},
              {"changes", objective.changes},
              {"last_resort", objective.last_resort},
              {"minutes", objective.minutes}}}});
}

// "late by 12 min, rest rules broken, last resort"
std::string remarks(const allocation::Assignment& assignment, const allocation::Post& post,
                    const allocation::Responder& responder) {
  std::vector<std::string> parts;
  if (!assignment.on_time)
    parts.push_back("late by " + base::minutes_text(assignment.arrives - *post.by));
  const auto& breaches = responder.breaches;
  if (std::find(breaches.begin(), breaches.end(), post.shift) != breaches.end())
    parts.emplace_back("rest rules broken");
  if (responder.last_resort) parts.emplace_back("last resort");
  if (responder.told && *responder.told != post.id)
    parts.push_back("was told " + printable(responder.told->str()));
  return base::join(parts, ", ");
}

std::string cell(std::string_view text, std::size_t columns) {
  return base::display_width(text) < columns ? base::fit(text, columns) : std::string{text} + ' ';
}

void print_posts(const Problem& problem, const Solution& solution, Output& out) {
  Posts posts;
  for (const auto& post : problem.posts) posts.emplace(post.id, &post);
  Responders responders;
  for (const auto& responder : problem.responders) responders.emplace(responder.id, &responder);
  std::map<allocation::PostId, std::pair<std::int64_t, std::int64_t>> held;  // filled, on time
  for (const auto& assignment : solution.assignments) {
    auto& [filled, on_time] = held[assignment.post];
    ++filled;
    on_time += assignment.on_time ? 1 : 0;
  }
  allocation::PostId at;
  for (const auto& assignment : solution.assignments) {
    const allocation::Post& post = *posts.at(assignment.post);
    if (assignment.post != at) {
      at = assignment.post;
      const auto [filled, on_time] = held.at(at);
      out.line(fmt::format(
          "{}{}{}", out.paint(Paint::bold, cell(printable(post.id.str()), 24)),
          cell(fmt::format("{} of {}", filled, post.count), 12),
          printable(fmt::format("{}, {}, {}", post.area, post.role, post.shift.str()))));
    }
    const std::string line =
        fmt::format("  {}{}{}", cell(printable(assignment.responder.str()), 22),
                    cell(base::minutes_text(assignment.arrives), 12),
                    remarks(assignment, post, *responders.at(assignment.responder)));
    out.line(base::trim(line).empty() ? line : line.substr(0, line.find_last_not_of(' ') + 1));
  }
}

void print_text(const Problem& problem, const Solution& solution, Output& out) {
  print_posts(problem, solution, out);
  if (!solution.assignments.empty()) out.line("");
  if (!solution.unfilled.empty()) {
    out.line(out.paint(Paint::bold, "unfilled"));
    for (const auto& entry : solution.unfilled)
      out.line(fmt::format("  {}{}{}", cell(printable(entry.post.str()), 22),
                           cell(fmt::format("{} missing", entry.missing), 12), entry.reason));
    out.line("");
  }
  const Objective& objective = solution.objective;
  for (std::size_t i = 0; i < objective.filled.size(); ++i)
    out.line(fmt::format("priority {}: {} filled, {} of them minimum safe numbers, {} on time",
                         objective.filled[i].priority, objective.filled[i].total,
                         objective.filled[i].minimum, objective.on_time[i].total));
  out.line(fmt::format("rest breaches {}, changes {}, last resort {}, minutes {}",
                       objective.rest_breaches, objective.changes, objective.last_resort,
                       objective.minutes));
}

}  // namespace

void print_allocation(Output& out, Form form, const Problem& problem, const Solution& solution) {
  if (form == Form::json)
    print_solution_json(solution, out);
  else
    print_text(problem, solution, out);
}

}  // namespace tocsin::cli
