// tocsin staff history: shows how often people were called in the last twelve months, and the
// nights that the forecast learns from. Shows no contact point.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "record/history.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using nlohmann::json;

struct Called {
  std::string id;
  std::string name;  // empty when they are not on the roster any more
  int times = 0;
};

int asked_in(const callout::Evidence& counts) {
  int silent = counts.silent_for_good;
  for (const int people : counts.silent_by_minute) silent += people;
  return counts.answered + silent;
}

std::string word_of(seal::Realness realness) {
  return realness == seal::Realness::real ? "real" : "exercise";
}

class StaffHistory final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "Only this person, by id or name")->type_name("PERSON");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::read_roster(home, keys.store);
    const record::History history = record::read_history(home, keys.store);
    const auto times = history.times_called(context.clock.now());

    std::vector<Called> people;
    std::vector<record::Night> nights = history.nights();
    if (person_.empty()) {
      for (const auto& [id, count] : times) {
        const auto at = roster.index_of(id);
        people.push_back({id.str(), at ? roster[*at].name : "", count});
      }
      std::stable_sort(people.begin(), people.end(),
                       [](const Called& a, const Called& b) { return a.times > b.times; });
    } else {
      const roster::Responder& person = person_named(roster, person_);
      const auto found = times.find(person.id);
      people.push_back({person.id.str(), person.name, found == times.end() ? 0 : found->second});
      std::erase_if(nights, [&](const record::Night& night) {
        return !std::binary_search(night.called.begin(), night.called.end(), person.id);
      });
    }
    if (context.json)
      print_json(context, people, nights);
    else
      print_text(context.out, people, nights);
    return Exit::done;
  }

 private:
  static void print_json(Context& context, const std::vector<Called>& people,
                         const std::vector<record::Night>& nights) {
    json called = json::array();
    for (const Called& one : people)
      called.push_back({{"person", one.id}, {"name", one.name}, {"times", one.times}});
    json list = json::array();
    for (const record::Night& night : nights)
      list.push_back({{"incident", night.label},
                      {"exercise", night.realness == seal::Realness::exercise},
                      {"declared_at", base::to_rfc3339(night.declared)},
                      {"asked_by_device", asked_in(night.counts)},
                      {"answered_by_device", night.counts.answered},
                      {"rung", night.counts.picked_up + night.counts.not_picked_up},
                      {"picked_up", night.counts.picked_up},
                      {"coming", night.counts.coming},
                      {"later", night.counts.later},
                      {"last_resort", night.counts.last_resort},
                      {"no", night.counts.no}});
    context.out.json({{"called", called}, {"nights", list}});
  }

  static void print_text(Output& out, const std::vector<Called>& people,
                         const std::vector<record::Night>& nights) {
    if (people.empty())
      out.line("nobody was called in the last twelve months");
    else
      out.line(out.paint(Paint::bold, fmt::format("{} {} CALLED IN THE LAST TWELVE MONTHS",
                                                  base::fit("ID", 10), base::fit("NAME", 24))));
    for (const Called& one : people)
      out.line(
          fmt::format("{} {} {}", base::fit(one.id, 10),
                      base::fit(one.name.empty() ? "(has left)" : base::printable(one.name), 24),
                      one.times == 0   ? std::string{"never"}
                      : one.times == 1 ? std::string{"once"}
                                       : fmt::format("{} times", one.times)));
    if (nights.empty()) return;
    out.line("");
    out.line(out.paint(Paint::bold, fmt::format("{} {}   ASKED  ANSWERED  COMING  RUNG  PICKED UP",
                                                base::fit("NIGHT", 20), base::fit("", 8))));
    for (const record::Night& night : nights) {
      const callout::Evidence& counts = night.counts;
      out.line(fmt::format(
          "{} {} {:>7} {:>9} {:>7} {:>5} {:>10}", base::fit(base::printable(night.label), 20),
          base::fit(word_of(night.realness), 8), asked_in(counts), counts.answered, counts.coming,
          counts.picked_up + counts.not_picked_up, counts.picked_up));
    }
  }

  std::string person_;
};

}  // namespace

std::unique_ptr<Command> make_staff_history() { return std::make_unique<StaffHistory>(); }

}  // namespace tocsin::cli
