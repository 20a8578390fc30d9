#include "screen/coverage_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/text.h"

namespace tocsin::cli {

using nlohmann::json;
using roster::Coverage;
using roster::Stretch;

namespace {

std::string span(const Stretch& time) {
  return fmt::format("{} to {}", base::local_stamp(time.from), base::local_stamp(time.until));
}

json span_json(const Stretch& time) {
  return {{"from", base::to_rfc3339(time.from)}, {"until", base::to_rfc3339(time.until)}};
}

json stint_json(const roster::Stint& stint) {
  return {{"duty", to_text(stint.duty)},
          {"role", stint.role.str()},
          {"from", base::to_rfc3339(stint.from)},
          {"until", base::to_rfc3339(stint.until)}};
}

std::string person(const roster::Roster& roster, const roster::PersonId& id) {
  const roster::Responder* row = roster.find(id);
  return row == nullptr ? id.str() : fmt::format("{} ({})", row->name, id.str());
}

bool is_whole(const Coverage& coverage, const roster::Uncovered& need) {
  return need.times.size() == 1 && need.times.front() == *coverage.looked_at;
}

}  // namespace

std::vector<std::string> uncovered_lines(const Coverage& coverage) {
  std::vector<std::string> lines;
  for (const roster::Uncovered& need : coverage.uncovered) {
    const std::string what = fmt::format("{} {}", to_text(need.kind), need.name);
    if (is_whole(coverage, need))
      lines.push_back(fmt::format("{}: nobody at any time", what));
    else
      lines.push_back(fmt::format(
          "{}: nobody from {}{}", what, span(need.times.front()),
          need.times.size() == 1
              ? ""
              : fmt::format(", and {}",
                            base::counted(need.times.size() - 1, "other time", "other times"))));
  }
  return lines;
}

std::vector<std::string> overlap_lines(const Coverage& coverage, const roster::Roster& roster) {
  std::vector<std::string> lines;
  for (const roster::Overlap& one : coverage.overlaps)
    lines.push_back(fmt::format("{}: {} from {} and again from {}",
                                person(roster, one.first.person), to_text(one.first.duty),
                                span({one.first.from, one.first.until}),
                                span({one.second.from, one.second.until})));
  return lines;
}

std::vector<std::string> long_duty_lines(const Coverage& coverage, const roster::Roster& roster) {
  std::vector<std::string> lines;
  for (const roster::LongDuty& one : coverage.long_duties)
    lines.push_back(fmt::format("{}: on duty from {}", person(roster, one.person), span(one.time)));
  return lines;
}

void note_coverage(const Output& out, const Coverage& coverage) {
  if (!coverage.has_plan) return;  // doctor and plan say so; the night is no time for it
  if (coverage.unknown > 0)
    out.note(fmt::format(
        "{}: whether {} at work is unknown; nobody of them is placed unasked, and they are asked "
        "after people known to be off duty",
        to_sentence(coverage.reach, coverage.at, coverage.next),
        coverage.unknown == 1 ? "1 person is" : fmt::format("{} people are", coverage.unknown)));
  else if (coverage.ends_soon())
    out.note(to_sentence(coverage.reach, coverage.at));
  std::vector<std::string> now;
  for (const roster::Uncovered& need : coverage.uncovered)
    if (need.times.front().covers(coverage.at))
      now.push_back(fmt::format("{} {}", to_text(need.kind), need.name));
  if (now.empty()) return;
  constexpr std::size_t kNamed = 3;
  const std::size_t more = now.size() > kNamed ? now.size() - kNamed : 0;
  now.resize(now.size() - more);
  out.note(fmt::format("the rota has nobody now for {}{}", base::join(now, ", "),
                       more == 0 ? "" : fmt::format(" and {} more: tocsin doctor", more)));
}

json to_json(const Coverage& coverage, const roster::Roster& roster) {
  auto uncovered = json::array();
  for (const roster::Uncovered& need : coverage.uncovered) {
    auto times = json::array();
    for (const Stretch& time : need.times) times.push_back(span_json(time));
    uncovered.push_back(
        {{"need", to_text(need.kind)}, {"name", need.name}, {"times", std::move(times)}});
  }
  const auto name_of = [&](const roster::PersonId& id) {
    const roster::Responder* row = roster.find(id);
    return row == nullptr ? std::string{} : row->name;
  };
  auto overlaps = json::array();
  for (const roster::Overlap& one : coverage.overlaps)
    overlaps.push_back({{"person", one.first.person.str()},
                        {"name", name_of(one.first.person)},
                        {"first", stint_json(one.first)},
                        {"second", stint_json(one.second)}});
  auto long_duties = json::array();
  for (const roster::LongDuty& one : coverage.long_duties) {
    json entry = span_json(one.time);
    entry["person"] = one.person.str();
    entry["name"] = name_of(one.person);
    long_duties.push_back(std::move(entry));
  }
  return {{"reach", coverage.reach ? span_json(*coverage.reach) : json(nullptr)},
          {"next", coverage.next ? span_json(*coverage.next) : json(nullptr)},
          {"reaches", coverage.reaches()},
          {"unknown", coverage.unknown},
          {"looked_at", coverage.looked_at ? span_json(*coverage.looked_at) : json(nullptr)},
          {"uncovered", std::move(uncovered)},
          {"overlaps", std::move(overlaps)},
          {"long_duties", std::move(long_duties)}};
}

}  // namespace tocsin::cli
