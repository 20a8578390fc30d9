// tocsin rota on-call: lists who is on call, now or at another time.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/rota_words.h"
#include "input/when.h"
#include "roster/rota/on_call.h"

namespace tocsin::cli {

namespace {

using base::Exit;

std::vector<std::string> texts(const std::vector<roster::RoleId>& roles) {
  std::vector<std::string> out;
  for (const roster::RoleId& role : roles) out.push_back(role.str());
  return out;
}

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
    const roster::Rota rota = control::read_rota(home, keys.store);
    const std::vector<roster::OnCall> found =
        roster::on_call(rota, roster, at, role_named(context, rota, roster, role_));
    if (context.json)
      print_json(context, found, at);
    else
      print_text(context, found, at);
    return found.empty() ? Exit::unfilled : Exit::done;
  }

 private:
  static void print_json(Context& context, const std::vector<roster::OnCall>& found,
                         base::Instant at) {
    auto list = nlohmann::json::array();
    for (const roster::OnCall& one : found)
      list.push_back({{"person", one.person->id.str()},
                      {"name", one.person->name},
                      {"role", one.roles.front().str()},
                      {"roles", texts(one.roles)},
                      {"ward", one.wards.empty() ? "" : one.wards.front().str()},
                      {"from", base::to_rfc3339(one.from)},
                      {"until", base::to_rfc3339(one.until)}});
    context.out.json({{"at", base::to_rfc3339(at)}, {"on_call", list}});
  }

  void print_text(Context& context, const std::vector<roster::OnCall>& found,
                  base::Instant at) const {
    for (const roster::OnCall& one : found)
      context.out.line(fmt::format("{} {} {} until {}", context.out.cell(one.person->id.str(), 10),
                                   context.out.cell(base::printable(one.person->name), 28),
                                   context.out.cell(base::join(texts(one.roles), ", "), 28),
                                   base::local_stamp(one.until)));
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
