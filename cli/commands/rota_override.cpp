// tocsin rota override: lists, adds and removes overrides of the rota, each with its reason.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "input/when.h"
#include "roster/people/spelling.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class RotaOverride final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "Whose plan changes; nobody: list the overrides")
        ->type_name("PERSON");
    app.add_option("--duty", duty_, "What they are instead")
        ->one_of({"on-duty", "on-call", "absent", "off"});
    app.add_option("--from", from_, "Since when; now unless it is given")->type_name("TIME");
    app.add_option("--until", until_, "Until when")->type_name("TIME");
    app.add_option("--role", role_, "The role they are on for, when it is not their own")
        ->type_name("ROLE");
    app.add_option("--ward", ward_, "The ward, when it is not their own")->type_name("WARD");
    app.add_option("--reason", reason_, "Why")->type_name("TEXT");
    app.add_option("--remove", remove_, "Take the override of this number away")
        ->type_name("NUMBER");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Rota rota = control::read_rota(home, keys.store);
    std::vector<roster::Override> overrides = rota.overrides();
    if (person_.empty() && remove_.empty()) {
      print(context, roster, overrides);
      return Exit::done;
    }
    if (!remove_.empty())
      remove(overrides);
    else
      overrides.push_back(make(roster, overrides, context.clock.now()));
    const roster::Rota changed{rota.revision() + 1, rota.planned(), overrides};
    if (!context.dry_run) {
      seal::Entropy random;
      control::write_rota(home, keys.store, changed, random);
    }
    print(context, roster, changed.overrides());
    return Exit::done;
  }

 private:
  roster::Override make(const roster::Roster& roster,
                        const std::vector<roster::Override>& overrides, base::Instant now) const {
    if (duty_.empty() || until_.empty() || base::trim(reason_).empty())
      throw Fault(Exit::usage, "an override needs --duty, --until and --reason",
                  "--duty absent --until 08:00 --reason \"sick child\"");
    roster::Override change;
    for (const roster::Override& other : overrides)
      change.number = std::max(change.number, other.number);
    ++change.number;
    change.stint.person = person_named(roster, person_).id;
    change.stint.duty = roster::duty_from_text(duty_).value_or(roster::Duty::off);
    change.stint.role = roster::RoleId{roster::canonical_word(role_)};
    change.stint.ward = roster::WardId{roster::canonical_word(ward_)};
    change.stint.from = when(from_, now);
    change.stint.until = when(until_, change.stint.from);
    if (change.stint.until <= change.stint.from)
      throw Fault(Exit::usage, "the override ends before it begins", "look at --from and --until");
    change.reason = base::trim(reason_);
    change.added = now;
    return change;
  }

  void remove(std::vector<roster::Override>& overrides) const {
    const auto number = base::parse_count(remove_, std::int64_t{1} << 50);
    const auto same = [&](const roster::Override& change) {
      return number && change.number == static_cast<std::uint64_t>(*number);
    };
    if (std::erase_if(overrides, same) == 0)
      throw Fault(Exit::usage, fmt::format("there is no override {}", remove_),
                  "\"tocsin rota override\" lists them");
  }

  static void print(Context& context, const roster::Roster& roster,
                    const std::vector<roster::Override>& overrides) {
    const auto name_of = [&](const roster::PersonId& id) {
      const roster::Responder* person = roster.find(id);
      return person == nullptr ? std::string{} : person->name;
    };
    if (context.json) {
      auto list = nlohmann::json::array();
      for (const roster::Override& change : overrides)
        list.push_back({{"number", change.number},
                        {"person", change.stint.person.str()},
                        {"name", name_of(change.stint.person)},
                        {"duty", to_text(change.stint.duty)},
                        {"role", change.stint.role.str()},
                        {"ward", change.stint.ward.str()},
                        {"from", base::to_rfc3339(change.stint.from)},
                        {"until", base::to_rfc3339(change.stint.until)},
                        {"reason", change.reason},
                        {"added", base::to_rfc3339(change.added)}});
      context.out.json(list);
      return;
    }
    for (const roster::Override& change : overrides)
      context.out.line(fmt::format(
          "{:>4}  {} {} {} to {}  {}", change.number,
          base::fit(fmt::format("{} {}", change.stint.person.str(), name_of(change.stint.person)),
                    30),
          base::fit(to_text(change.stint.duty), 8), base::local_stamp(change.stint.from),
          base::local_stamp(change.stint.until), base::printable(change.reason)));
    if (overrides.empty()) context.out.note("the rota has no overrides");
  }

  std::string person_;
  std::string duty_;
  std::string from_;
  std::string until_;
  std::string role_;
  std::string ward_;
  std::string reason_;
  std::string remove_;
};

}  // namespace

std::unique_ptr<Command> make_rota_override() { return std::make_unique<RotaOverride>(); }

}  // namespace tocsin::cli
