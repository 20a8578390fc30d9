// tocsin rota override: lists, adds and removes overrides of the rota, each with its reason.
#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "input/rota_words.h"
#include "roster/people/spelling.h"
#include "roster/rota/change.h"
#include "screen/staff/rota_view.h"
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
    const bool changes = !person_.empty() || !remove_.empty();
    std::optional<base::FileLock> held;
    if (changes && !context.dry_run) held = control::hold_people(home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    roster::Rota rota = control::read_rota(home, keys.store);
    if (changes)
      rota = remove_.empty() ? roster::with_override(rota, change_for(context, rota, roster))
                             : without_removed(rota);
    if (held) {
      seal::Entropy random;
      control::write_rota(home, keys.store, rota, random, *held);
    }
    print_overrides(context.out, context.form(), rota.overrides(), roster);
    return Exit::done;
  }

 private:
  roster::Override change_for(const Context& context, const roster::Rota& rota,
                              const roster::Roster& roster) const {
    const base::Instant now = context.clock.now();
    if (duty_.empty() || until_.empty() || base::trim(reason_).empty())
      throw Fault(Exit::usage, "an override needs --duty, --until and --reason",
                  "--duty absent --until 08:00 --reason \"sick child\"");
    roster::Override change;
    change.stint.person = person_named(roster, person_).id;
    change.stint.duty = roster::duty_from_text(duty_).value_or(roster::Duty::off);
    change.stint.role = role_named(context, rota, roster, role_);
    change.stint.ward = roster::WardId{roster::canonical_word(ward_)};
    change.stint.from = rota_time(from_, now, now, Edge::begin);
    change.stint.until = rota_time(until_, now, change.stint.from, Edge::end);
    if (change.stint.until <= change.stint.from)
      throw Fault(Exit::usage, "the override ends before it begins", "look at --from and --until");
    change.reason = base::trim(reason_);
    change.added = now;
    return change;
  }

  roster::Rota without_removed(const roster::Rota& rota) const {
    const auto number = base::parse_count(remove_, std::int64_t{1} << 50);
    auto left =
        number ? roster::without_override(rota, static_cast<std::uint64_t>(*number)) : std::nullopt;
    if (!left)
      throw Fault(Exit::usage, fmt::format("there is no override {}", remove_),
                  "\"tocsin rota override\" lists them");
    return *std::move(left);
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
