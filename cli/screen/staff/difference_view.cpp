#include "screen/staff/difference_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/counted.h"
#include "base/text.h"
#include "screen/findings.h"

namespace tocsin::cli {

using nlohmann::json;
using roster::PlanDifference;
using roster::Stint;

namespace {

struct Totals {
  std::size_t added = 0;
  std::size_t removed = 0;
  std::size_t moved = 0;
};

Totals totals_of(const std::vector<PlanDifference>& differences) {
  Totals totals;
  for (const PlanDifference& one : differences) {
    totals.added += one.added.size();
    totals.removed += one.removed.size();
    totals.moved += one.moved.size();
  }
  return totals;
}

std::string name_of(const roster::Roster& roster, const roster::PersonId& id) {
  const roster::Responder* person = roster.find(id);
  return person == nullptr ? std::string{} : person->name;
}

json stint_json(const Stint& stint) {
  return {{"duty", to_text(stint.duty)},
          {"role", stint.role.str()},
          {"ward", stint.ward.str()},
          {"from", base::to_rfc3339(stint.from)},
          {"until", base::to_rfc3339(stint.until)}};
}

json stints_json(const std::vector<Stint>& stints) {
  auto list = json::array();
  for (const Stint& stint : stints) list.push_back(stint_json(stint));
  return list;
}

std::string times(const Stint& stint) {
  return fmt::format("{} to {}", base::local_stamp(stint.from), base::local_stamp(stint.until));
}

std::string words(const Stint& stint) {
  std::string text{to_text(stint.duty)};
  if (!stint.role.empty()) text += " " + stint.role.str();
  if (!stint.ward.empty()) text += fmt::format(" ({})", stint.ward.str());
  return text;
}

void print_json(Output& out, const std::vector<PlanDifference>& differences,
                const roster::Roster& roster, const document::Findings& findings) {
  auto people = json::array();
  for (const PlanDifference& one : differences) {
    auto moved = json::array();
    for (const roster::Moved& stint : one.moved)
      moved.push_back({{"from", stint_json(stint.from)}, {"to", stint_json(stint.to)}});
    people.push_back({{"person", one.person.str()},
                      {"name", name_of(roster, one.person)},
                      {"added", stints_json(one.added)},
                      {"removed", stints_json(one.removed)},
                      {"moved", std::move(moved)}});
  }
  const Totals totals = totals_of(differences);
  out.json({{"added", totals.added},
            {"removed", totals.removed},
            {"moved", totals.moved},
            {"people", std::move(people)},
            {"findings", to_json(findings)}});
}

}  // namespace

void print_differences(Output& out, Form form, const std::vector<PlanDifference>& differences,
                       const roster::Roster& roster, const document::Findings& findings) {
  if (form == Form::json) return print_json(out, differences, roster, findings);
  say(findings, out);
  for (const PlanDifference& one : differences) {
    const std::string name = name_of(roster, one.person);
    out.line(out.paint(Paint::bold, base::printable(name.empty() ? one.person.str()
                                                                 : fmt::format("{} ({})", name,
                                                                               one.person.str()))));
    for (const Stint& stint : one.removed)
      out.line(fmt::format("  - {}  {}", times(stint), words(stint)));
    for (const Stint& stint : one.added)
      out.line(fmt::format("  + {}  {}", times(stint), words(stint)));
    for (const roster::Moved& stint : one.moved)
      out.line(fmt::format("  > {}  {}, moved from {}", times(stint.to), words(stint.to),
                           times(stint.from)));
  }
  const Totals totals = totals_of(differences);
  out.note(fmt::format("{} added, {} removed, {} moved, of {}", totals.added, totals.removed,
                       totals.moved, base::counted(differences.size(), "person", "people")));
}

}  // namespace tocsin::cli
