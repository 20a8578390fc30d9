// tocsin rota show: shows the rota of one person, of one day or of one role.
#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "input/rota_words.h"
#include "roster/people/dates.h"
#include "roster/people/lookup.h"
#include "roster/people/spelling.h"
#include "screen/staff/stint_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class RotaShow final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("what", what_,
                   "A person by id or name, a day such as 2026-11-22, today or tomorrow, or a role")
        ->required()
        ->type_name("PERSON|DAY|ROLE");
    flags_.describe(app, "a fortnight later unless it is given");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const StintForm form = flags_.form(context);
    const home::Unlocked keys = unlock(context, home);
    const base::Instant now = context.clock.now();
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Rota rota = control::read_rota(home, keys.store);
    ShownStints shown;
    roster::Wanted wanted{flags_.within(now, std::chrono::days{14})};
    if (const auto day = day_of(now)) {
      wanted.within = {roster::local_instant(*day, base::Minutes{0}),
                       roster::local_instant(*day + std::chrono::days{1}, base::Minutes{0})};
      shown.about = roster::to_text(*day);
    } else if (const std::string role = role_of(rota, roster); !role.empty()) {
      wanted.role = roster::RoleId{role};
      shown.about = role;
    } else {
      need_no_role(rota, roster);
      const roster::Responder& person = person_named(roster, what_);
      wanted.person = person.id;
      shown.about = fmt::format("{} ({})", person.name, person.id.str());
    }
    const roster::Horizon horizon{rota, roster};
    shown.within = wanted.within;
    shown.reach = to_sentence(horizon.nearest(now), now);
    shown.stints = roster::list(rota, roster, wanted);
    print_stints(context.out, form, shown, roster, now);
    return Exit::done;
  }

 private:
  std::optional<roster::Date> day_of(base::Instant now) const {
    const auto day = day_named(what_, now);
    if (day && flags_.is_given())
      throw base::Fault(Exit::usage, "a day has its own beginning and end",
                        "leave --from and --until out, or use \"tocsin rota list\"");
    return day;
  }

  // Empty when it is no role. Somebody's whole name or id goes first.
  std::string role_of(const roster::Rota& rota, const roster::Roster& roster) const {
    const roster::People people{roster};
    if (people.by_id(what_) != nullptr || people.by_name(what_) != nullptr) return {};
    const std::vector<std::string> known = roster::known_roles(rota, roster);
    const std::string word = roster::canonical_word(what_);
    return std::find(known.begin(), known.end(), word) == known.end() ? std::string{} : word;
  }

  // Somebody who misspelt a role is shown the role, unless a person's name is as near.
  void need_no_role(const roster::Rota& rota, const roster::Roster& roster) const {
    const roster::Found found = roster::find_person(roster, what_);
    const auto* nobody = std::get_if<roster::NobodyFound>(&found);
    if (nobody == nullptr || !nobody->nearest.empty()) return;
    const std::vector<std::string> known = roster::known_roles(rota, roster);
    const auto near = base::did_you_mean(roster::canonical_word(what_),
                                         std::vector<std::string_view>{known.begin(), known.end()});
    if (!near) return;
    throw base::Fault(Exit::usage,
                      fmt::format("\"{}\" is nobody on the roster, and no role", what_),
                      fmt::format("did you mean \"{}\"?", *near));
  }

  std::string what_;
  StintFlags flags_;
};

}  // namespace

std::unique_ptr<Command> make_rota_show() { return std::make_unique<RotaShow>(); }

}  // namespace tocsin::cli
