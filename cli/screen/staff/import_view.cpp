#include "screen/staff/import_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "base/counted.h"
#include "base/text.h"
#include "screen/findings.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using roster::Duty;
using roster::ReadRota;
using roster::UnknownWord;

constexpr std::size_t kMostShown = 50;

std::size_t not_understood(const ReadRota& read) {
  std::size_t sum = 0;
  for (const auto& [key, word] : read.not_understood) sum += word.count;
  return sum;
}

std::string shown(const UnknownWord& word) {
  return word.text.empty() ? std::string{"a stint without any words"}
                           : fmt::format("\"{}\"", word.text);
}

void add_counts(nlohmann::json& out, const ReadRota& read) {
  out["on_duty"] = read.count(Duty::on_duty);
  out["on_call"] = read.count(Duty::on_call);
  out["absent"] = read.count(Duty::absent);
  out["not_understood"] = not_understood(read);
  auto words = nlohmann::json::array();
  for (const UnknownWord& word : read.unknown_words()) {
    auto people = nlohmann::json::array();
    for (const roster::PersonId& person : word.people) people.push_back(person.str());
    words.push_back({{"word", word.text},
                     {"count", word.count},
                     {"file", word.place.file},
                     {"line", word.place.line},
                     {"people", std::move(people)}});
  }
  out["words"] = std::move(words);
}

void print_counts(Output& out, const ReadRota& read) {
  const auto row = [&](std::string_view name, std::size_t count) {
    out.line(fmt::format("{:<15}{:>7}", name, count));
  };
  row("on duty", read.count(Duty::on_duty));
  row("on call", read.count(Duty::on_call));
  row("absent", read.count(Duty::absent));
  row("not understood", not_understood(read));
}

// Whose stints are missing, so that somebody can put them in by hand.
void say_left_out(Output& out, const ReadRota& read, const roster::Roster& roster) {
  for (const UnknownWord& word : read.unknown_words()) {
    std::vector<std::string> people;
    for (const roster::PersonId& id : word.people) {
      const roster::Responder* person = roster.find(id);
      if (person != nullptr) people.push_back(fmt::format("{} ({})", person->name, id.str()));
    }
    const std::size_t more = people.size() - std::min(people.size(), kMostShown);
    people.resize(people.size() - more);
    out.note(fmt::format("{}: {} left out, of {}{}", shown(word),
                         base::counted(word.count, "stint", "stints"),
                         base::printable(base::join(people, ", ")),
                         more == 0 ? "" : fmt::format(" and {} more", more)));
  }
}

std::string clock_text(base::Minutes clock) {
  return fmt::format("{:02}:{:02}", clock.count() / 60, clock.count() % 60);
}

}  // namespace

void print_imported_rota(Output& out, Form form, const roster::Rota& rota, const ReadRota& read,
                         const roster::Roster& roster, Done done) {
  std::set<roster::PersonId> people;
  base::Instant last{};
  for (const roster::Stint& stint : rota.planned()) {
    people.insert(stint.person);
    last = std::max(last, stint.until);
  }
  const bool is_empty = rota.planned().empty();
  if (form == Form::json) {
    nlohmann::json value{
        {"imported", done == Done::yes},
        {"revision", rota.revision()},
        {"stints", rota.planned().size()},
        {"people", people.size()},
        {"until", is_empty ? nlohmann::json(nullptr) : nlohmann::json(base::to_rfc3339(last))},
        {"overrides", rota.overrides().size()},
        {"findings", to_json(read.findings)}};
    add_counts(value, read);
    return out.json(value);
  }
  say(read.findings, out);
  say_left_out(out, read, roster);
  out.line(fmt::format("{}{} of {}{}", done == Done::yes ? "" : "would import ",
                       base::counted(rota.planned().size(), "stint", "stints"),
                       base::counted(people.size(), "person", "people"),
                       is_empty ? "" : fmt::format(", until {}", base::local_stamp(last))));
  print_counts(out, read);
}

void print_refused_rota(Output& out, Form form, const ReadRota& read) {
  if (form == Form::json) {
    nlohmann::json value{{"imported", false}, {"findings", to_json(read.findings)}};
    add_counts(value, read);
    return out.json(value);
  }
  say(read.findings, out);
  const std::vector<UnknownWord> words = read.unknown_words();
  for (std::size_t i = 0; i < std::min(words.size(), kMostShown); ++i)
    out.error(Fault(
        Exit::invalid,
        fmt::format("{}:{}: {} says no duty that we know ({})",
                    base::printable(words[i].place.file), words[i].place.line, shown(words[i]),
                    base::counted(words[i].count, "stint", "stints")),
        i > 0 ? ""
              : "\"tocsin rota words set WORD DUTY\" says what a word means, for every import "
                "to come; --skip-unknown-words leaves its stints out"));
  const std::string faults =
      read.findings.errors() == 0 ? "" : base::counted(read.findings.errors(), "fault", "faults");
  const std::string unknown =
      words.empty() ? "" : base::counted(words.size(), "unknown word", "unknown words");
  out.error(
      Fault(Exit::invalid, fmt::format("{}{}{}; nothing was imported", faults,
                                       faults.empty() || unknown.empty() ? "" : ", ", unknown)));
  if (!words.empty()) print_counts(out, read);
}

void print_meanings(Output& out, Form form, const roster::Meanings& meanings) {
  auto list = nlohmann::json::array();
  for (const auto& [word, meaning] : meanings) {
    const std::string from = meaning.from ? clock_text(*meaning.from) : "";
    const std::string until = meaning.until ? clock_text(*meaning.until) : "";
    if (form == Form::json)
      list.push_back({{"word", meaning.written},
                      {"duty", to_text(meaning.duty)},
                      {"role", meaning.role.str()},
                      {"from", from},
                      {"until", until}});
    else
      out.line(base::trim(fmt::format("{} {} {}{}", out.cell(base::printable(meaning.written), 30),
                                      out.cell(to_text(meaning.duty), 8), meaning.role.str(),
                                      from.empty() ? "" : fmt::format("  {} to {}", from, until))));
  }
  if (form == Form::json) return out.json(list);
  if (meanings.empty()) out.note("no word of the rota was given a meaning");
}

}  // namespace tocsin::cli
