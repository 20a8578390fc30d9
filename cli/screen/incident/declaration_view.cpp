#include "screen/incident/declaration_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "base/counted.h"
#include "base/text.h"
#include "incident/calling/rota_needs.h"
#include "incident/seating/ward.h"
#include "screen/coverage_view.h"

namespace tocsin::cli {

namespace {

using incident::PersonIndex;
using incident::State;
using nlohmann::json;

const std::string& channel_of(const State& state, const incident::Person& person) {
  return state.messages[*person.request].channel.str();
}

json asked_json(const State& state, PersonIndex index) {
  const incident::Person& person = state.people[index];
  return {{"person", state.roster[index].id.str()},
          {"name", state.roster[index].name},
          {"post", person.asked_for.str()},
          {"channel", channel_of(state, person)},
          {"why", person.asked_why}};
}

std::string asked_line(const Output& out, const State& state, PersonIndex index) {
  const incident::Person& person = state.people[index];
  return base::printable(fmt::format("  {} {} by {}: {}", out.cell(state.roster[index].name, 24),
                                     out.cell(person.asked_for.str(), 34),
                                     channel_of(state, person), person.asked_why));
}

json placed_json(const State& state, PersonIndex index) {
  const incident::Slot& slot = state.slots[state.people[index].slot];
  return {{"person", state.roster[index].id.str()},
          {"name", state.roster[index].name},
          {"post", state.playbook.posts[slot.post].id.str()}};
}

int seats_of(const State& state) {
  int seats = 0;
  for (const incident::Slot& slot : state.slots) seats += slot.count;
  return seats;
}

}  // namespace

void print_declared(Output& out, Form form, const State& declared) {
  const bool real = declared.declared.realness == seal::Realness::real;
  const int seats = seats_of(declared);
  if (form == Form::json)
    return out.json({{"incident", declared.declared.label},
                     {"id", seal::to_text(declared.declared.incident)},
                     {"exercise", !real},
                     {"declared_at", base::to_rfc3339(declared.declared_at)},
                     {"staff", declared.roster.size()},
                     {"posts", seats},
                     {"rota", to_json(incident::coverage(declared), declared.roster)}});
  out.line(fmt::format(
      "{} {}  {}", out.paint(real ? Paint::real : Paint::exercise, real ? " REAL " : " EXERCISE "),
      out.paint(Paint::bold, declared.declared.label), base::printable(declared.playbook.title)));
  out.line(fmt::format("{} to fill, {} on the roster; nobody has been called yet",
                       base::counted(seats, "post", "posts"),
                       base::counted(declared.roster.size(), "person", "people")));
}

void print_first_wave(Output& out, Form form, const State& rehearsed) {
  std::vector<PersonIndex> asked;
  std::vector<PersonIndex> placed;
  for (PersonIndex p = 0; p < rehearsed.people.size(); ++p) {
    if (rehearsed.people[p].was_asked())
      asked.push_back(p);
    else if (rehearsed.people[p].status == incident::Status::assigned)
      placed.push_back(p);
  }
  const std::vector<int> left = incident::left_to_the_wards(rehearsed, rehearsed.declared_at);
  const int left_to_wards = std::accumulate(left.begin(), left.end(), 0);
  if (form == Form::json) {
    auto asked_rows = json::array();
    for (const PersonIndex p : asked) asked_rows.push_back(asked_json(rehearsed, p));
    auto placed_rows = json::array();
    for (const PersonIndex p : placed) placed_rows.push_back(placed_json(rehearsed, p));
    out.json({{"dry_run", true},
              {"asked", asked_rows},
              {"placed", placed_rows},
              {"left_to_wards", left_to_wards},
              {"rota", to_json(incident::coverage(rehearsed), rehearsed.roster)}});
    return;
  }
  out.line(fmt::format("{} on duty would be placed, {} would be asked in the first wave:",
                       base::counted(placed.size(), "person", "people"), asked.size()));
  for (const PersonIndex p : asked) out.line(asked_line(out, rehearsed, p));
  if (left_to_wards > 0)
    out.line(fmt::format("{} left to whoever is at work, because the rota does not say who that is",
                         base::counted(left_to_wards, "seat is", "seats are")));
  out.note("nothing was declared or sent: this is a dry run");
}

}  // namespace tocsin::cli
