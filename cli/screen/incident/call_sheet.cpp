#include "screen/incident/call_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "contact/telephone.h"
#include "incident/coordinator/switchboard.h"
#include "screen/paragraph.h"

namespace tocsin::cli {

namespace {

using incident::Call;
using incident::State;
using incident::Uncalled;

struct Row {
  Call call;
  std::string post;
};

struct Section {
  std::string heading;
  std::vector<Row> rows;
};

std::string heading_of(const State& state, const Uncalled& open) {
  const playbook::Post& post = state.playbook.posts[open.post];
  return fmt::format("IF NO MESSAGE GOES THROUGH: {} more for {}, {}, by {}", open.missing,
                     post.title, state.playbook.find_area(post.area)->report_to,
                     base::local_clock(state.at(post.by())));
}

std::vector<Section> sections_of(const State& state, base::Instant now) {
  std::set<incident::PersonIndex> listed;
  std::vector<Section> sections{{"TO BE RUNG NOW", {}}};
  for (const Call& call : incident::calls(state, now, incident::Taken::keep))
    if (listed.insert(call.person).second)
      sections.back().rows.push_back({call, state.messages[call.messages.front()].post.str()});
  for (const Uncalled& open : incident::uncalled(state)) {
    sections.push_back({heading_of(state, open), {}});
    for (const incident::PersonIndex person : open.people)
      if (listed.insert(person).second)
        sections.back().rows.push_back(
            {{person, {}, true}, state.playbook.posts[open.post].id.str()});
  }
  return sections;
}

// What people call the role: its title in the playbook, or the words of its id.
std::string trade_of(const State& state, const roster::Responder& row) {
  for (const playbook::Post& post : state.playbook.posts)
    if (post.role.str() == row.role.str()) return post.title;
  std::string words = row.role.str();
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

std::string number_to_dial(const State& state, const Call& call) {
  return contact::readable(incident::number_of(state, call.person));
}

const char* rung_so_far(const State& state, const Call& call) {
  const incident::Person& person = state.people[call.person];
  if (person.phone_tries > 0) return "(rung before)";
  return person.wrong_numbers.empty() ? "" : "(another number: the one before is wrong)";
}

// For paper: a name may be cut, a number never.
std::vector<std::string> row_lines(const State& state, const Call& call) {
  const roster::Responder& row = state.roster[call.person];
  std::vector<std::string> lines;
  lines.push_back(fmt::format("  [ ] {} {:<18} {} {}", base::fit(row.name, 26),
                              number_to_dial(state, call), trade_of(state, row),
                              rung_so_far(state, call)));
  while (lines.back().ends_with(' ')) lines.back().pop_back();
  for (const std::string& words : incident::words_for(state, call))
    lines.push_back(fmt::format("      say: {}", words));
  lines.emplace_back(
      "      coming at __:__   later from __:__   only if short   no   no answer   wrong number");
  return lines;
}

}  // namespace

std::vector<std::string> call_lines(const Output& out, const State& state, const Call& call) {
  const roster::Responder& row = state.roster[call.person];
  const bool real = state.declared.realness == seal::Realness::real;
  std::vector<std::string> lines;
  lines.push_back(fmt::format(
      "{}  {}{}", out.paint(real ? Paint::real : Paint::exercise, real ? " REAL " : " EXERCISE "),
      base::printable(state.declared.label),
      call.number == 0 ? "" : fmt::format("  call {}", call.number)));
  lines.push_back(fmt::format(
      "{}  {}", out.paint(Paint::bold, base::printable(row.name)),
      base::printable(fmt::format("{}  {}", trade_of(state, row), rung_so_far(state, call)))));
  lines.push_back(out.paint(Paint::bold, base::printable(number_to_dial(state, call))));
  for (const std::string& words : incident::words_for(state, call))
    for (std::string& line : paragraph("say: " + base::printable(words), out.columns(), 5))
      lines.push_back(std::move(line));
  return lines;
}

nlohmann::json call_json(const State& state, const Call& call) {
  const roster::Responder& row = state.roster[call.person];
  nlohmann::json object{
      {"person", row.id.str()}, {"name", row.name},
      {"role", row.role.str()}, {"number", incident::number_of(state, call.person)},
      {"asks", call.asks},      {"say", incident::words_for(state, call)}};
  if (call.number != 0) object["call"] = call.number;
  return object;
}

namespace {

// People whom nobody can ring, because other people have their numbers.
std::vector<incident::PersonIndex> without_a_number(const State& state) {
  std::vector<incident::PersonIndex> people;
  for (incident::PersonIndex p = 0; p < state.people.size(); ++p)
    if (!state.people[p].wrong_numbers.empty() && state.contact_to_ring(p) == 0)
      people.push_back(p);
  return people;
}

}  // namespace

std::vector<std::string> sheet_lines(const State& state, base::Instant now) {
  const bool real = state.declared.realness == seal::Realness::real;
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{}  {}  {}  {}  sheet {}", real ? "REAL" : "EXERCISE",
                              state.declared.label, state.playbook.title, base::local_stamp(now),
                              state.events));
  lines.emplace_back("Call sheet. Confidential: it has private telephone numbers. Shred it after.");
  const auto sections = sections_of(state, now);
  for (const Section& section : sections) {
    lines.emplace_back();
    lines.push_back(section.heading);
    for (const Row& row : section.rows)
      for (std::string& line : row_lines(state, row.call)) lines.push_back(std::move(line));
    if (&section == &sections.front() && section.rows.empty()) lines.emplace_back("  nobody");
  }
  if (const auto people = without_a_number(state); !people.empty()) {
    lines.emplace_back();
    lines.emplace_back("WRONG NUMBER, AND NO OTHER ON THE ROSTER");
    for (const incident::PersonIndex p : people)
      lines.push_back(
          fmt::format("  {}  {}", state.roster[p].name, trade_of(state, state.roster[p])));
  }
  for (std::string& line : lines) line = base::printable(line);
  return lines;
}

nlohmann::json sheet_json(const State& state, base::Instant now) {
  auto rows = nlohmann::json::array();
  for (const Section& section : sections_of(state, now))
    for (const Row& row : section.rows) {
      nlohmann::json object = call_json(state, row.call);
      object["post"] = row.post;
      rows.push_back(std::move(object));
    }
  auto wrong = nlohmann::json::array();
  for (const incident::PersonIndex p : without_a_number(state))
    wrong.push_back({{"person", state.roster[p].id.str()}, {"name", state.roster[p].name}});
  return {{"incident", state.declared.label},
          {"sheet", state.events},
          {"calls", rows},
          {"wrong_numbers", wrong}};
}

}  // namespace tocsin::cli
