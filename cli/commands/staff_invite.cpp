// tocsin staff invite: prints a code that works once, with which one person enrols one device, as
// text and as a QR code.
#include <fmt/format.h>

#include "base/text.h"
#include "command.h"
#include "control/inviting.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "screen/staff/invitation_view.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class StaffInvite final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "Id or name")->required()->type_name("PERSON");
    app.add_option("--for", life_, "How long the code is good for")
        ->type_name("TIME")
        ->capture_default_str();
    app.add_flag("--no-qr", no_qr_, "Print the code as text only");
  }

  Exit run(Context& context) override {
    const auto life = base::parse_minutes(life_);
    if (!life || *life < base::Minutes{5} || *life > std::chrono::days{30})
      throw Fault(Exit::usage, fmt::format("\"{}\" is no life of an invitation", life_),
                  "5min to 720h");
    const home::Home home = open_home(context);
    control::need_relay(home);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Responder& person = person_named(roster, person_);
    if (context.dry_run) {
      context.out.line(
          fmt::format("would invite {} ({})", base::printable(person.name), person.id.str()));
      return Exit::done;
    }
    seal::Entropy random;
    const base::Instant now = context.clock.now();
    roster::Invitation invitation = control::invite(
        home, keys, unlock_organisation(context, home).signing, person.id, now, *life, random);
    // English is what the page speaks anyway, unless the browser asks for another language.
    invitation.greeting = {home.settings().organisation, person.name,
                           person.language == "en" ? "" : person.language};
    print_invitation(context.out, context.form(), invitation, person, home,
                     no_qr_ ? QrCode::left_out : QrCode::drawn);
    return Exit::done;
  }

 private:
  std::string person_;
  std::string life_ = "72h";
  bool no_qr_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_invite() { return std::make_unique<StaffInvite>(); }

}  // namespace tocsin::cli
