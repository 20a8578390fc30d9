// tocsin rota list: lists who is on duty, on call or absent between two times.
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "input/rota_words.h"
#include "roster/people/spelling.h"
#include "screen/staff/stint_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class RotaList final : public Command {
 public:
  void describe(Options& app) override {
    flags_.describe(app, "a day later unless it is given");
    app.add_option("--person", person_, "Only this person, by id or name")->type_name("PERSON");
    app.add_option("--role", role_, "Only in this role")->type_name("ROLE");
    app.add_option("--ward", ward_, "Only on this ward")->type_name("WARD");
    app.add_option("--duty", duty_, "Only this duty")->one_of({"on-duty", "on-call", "absent"});
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const StintForm form = flags_.form(context);
    const home::Unlocked keys = unlock(context, home);
    const base::Instant now = context.clock.now();
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Rota rota = control::read_rota(home, keys.store);
    roster::Wanted wanted{flags_.within(now, std::chrono::days{1})};
    if (!person_.empty()) wanted.person = person_named(roster, person_).id;
    wanted.role = role_named(context, rota, roster, role_);
    wanted.ward = roster::WardId{roster::canonical_word(ward_)};
    if (!duty_.empty()) wanted.duty = roster::duty_from_text(duty_);
    const roster::Horizon horizon{rota, roster};
    print_stints(context.out, form,
                 {"", wanted.within, to_sentence(horizon.nearest(now), now),
                  roster::list(rota, roster, wanted)},
                 roster, now);
    return Exit::done;
  }

 private:
  StintFlags flags_;
  std::string person_;
  std::string role_;
  std::string ward_;
  std::string duty_;
};

}  // namespace

std::unique_ptr<Command> make_rota_list() { return std::make_unique<RotaList>(); }

}  // namespace tocsin::cli
