// tocsin rota on-call: lists who is on call, now or at another time.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/when.h"
#include "roster/people/spelling.h"

namespace tocsin::cli {

namespace {

using base::Exit;

struct OnCall {
  const roster::Responder* person;
  roster::Stint stint;
};

class RotaOnCall final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--at", at_, "When; now unless it is given")->type_name("TIME");
    app.add_option("--role", role_, "Only for this role")->type_name("ROLE");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const base::Instant at = when(at_, context.clock.now());
    const roster::Roster roster = control::need_roster(home, keys.store);
    const std::vector<OnCall> found = on_call(roster, control::read_rota(home, keys.store), at);
    if (context.json)
      print_json(context, found, at);
    else
      print_text(context, found, at);
    return found.empty() ? Exit::unfilled : Exit::done;
  }

 private:
  std::vector<OnCall> on_call(const roster::Roster& roster, const roster::Rota& rota,
                              base::Instant at) const {
    const roster::RoleId wanted{roster::canonical_word(role_)};
    std::vector<OnCall> found;
    for (roster::Stint& stint : rota.at(at)) {
      const roster::Responder* person = roster.find(stint.person);
      if (stint.duty != roster::Duty::on_call || person == nullptr || !person->is_active())
        continue;
      // Somebody who is on leave at the same time is not on call.
      if (rota.duty_of(stint.person, at) == roster::Duty::absent) continue;
      if (stint.role.empty()) stint.role = person->role;
      if (stint.ward.empty()) stint.ward = person->ward;
      if (wanted.empty() || stint.role == wanted) found.push_back({person, std::move(stint)});
    }
    return found;
  }

  void print_json(Context& context, const std::vector<OnCall>& found, base::Instant at) const {
    auto list = nlohmann::json::array();
    for (const OnCall& one : found)
      list.push_back({{"person", one.person->id.str()},
                      {"name", one.person->name},
                      {"role", one.stint.role.str()},
                      {"ward", one.stint.ward.str()},
                      {"from", base::to_rfc3339(one.stint.from)},
                      {"until", base::to_rfc3339(one.stint.until)}});
    context.out.json({{"at", base::to_rfc3339(at)}, {"on_call", list}});
  }

  void print_text(Context& context, const std::vector<OnCall>& found, base::Instant at) const {
    for (const OnCall& one : found)
      context.out.line(fmt::format("{} {} {} until {}", context.out.cell(one.person->id.str(), 10),
                                   context.out.cell(base::printable(one.person->name), 28),
                                   context.out.cell(one.stint.role.str(), 28),
                                   base::local_stamp(one.stint.until)));
    if (found.empty())
      context.out.note(fmt::format("nobody is on call at {}{}", base::local_stamp(at),
                                   role_.empty() ? "" : fmt::format(" for {}", role_)));
  }

  std::string at_;
  std::string role_;
};

}  // namespace

std::unique_ptr<Command> make_rota_on_call() { return std::make_unique<RotaOnCall>(); }

}  // namespace tocsin::cli
