// tocsin staff history: shows how often people were called in the last twelve months, and the
// nights that the forecast learns from. Shows no contact point.
#include <algorithm>

#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "record/history.h"
#include "screen/staff/history_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

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
    if (person_.empty()) {
      print_history(context.out, context.form(), everybody(times, roster), history.nights());
      return Exit::done;
    }
    const roster::Responder& person = person_named(roster, person_);
    const auto found = times.find(person.id);
    print_history(context.out, context.form(),
                  {{person.id, person.name, found == times.end() ? 0 : found->second}},
                  history.nights_of(person.id));
    return Exit::done;
  }

 private:
  // Whoever was called most often first.
  static std::vector<TimesCalled> everybody(const std::map<roster::PersonId, int>& times,
                                            const roster::Roster& roster) {
    std::vector<TimesCalled> people;
    for (const auto& [id, count] : times) {
      const roster::Responder* person = roster.find(id);
      people.push_back({id, person == nullptr ? "" : person->name, count});
    }
    std::stable_sort(people.begin(), people.end(),
                     [](const TimesCalled& a, const TimesCalled& b) { return a.times > b.times; });
    return people;
  }

  std::string person_;
};

}  // namespace

std::unique_ptr<Command> make_staff_history() { return std::make_unique<StaffHistory>(); }

}  // namespace tocsin::cli
