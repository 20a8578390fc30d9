// tocsin staff invite: prints a code that works once, with which one person enrols one device or
// links an account at a messenger, as text and as a QR code.
#include <fmt/format.h>

#include "base/text.h"
#include "command.h"
#include "control/inviting.h"
#include "control/linking.h"
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
    app.add_option("--channel", channel_, "Link an account there instead of a device")
        ->type_name("CHANNEL");
    app.add_flag("--no-qr", no_qr_, "Print the code as text only");
  }

  Exit run(Context& context) override {
    const auto life = base::parse_minutes(life_);
    if (!life || *life < base::Minutes{5} || *life > std::chrono::days{30})
      throw Fault(Exit::usage, fmt::format("\"{}\" is no life of an invitation", life_),
                  "5min to 720h");
    const home::Home home = open_home(context);
    if (channel_.empty()) control::need_relay(home);
    const home::Channel* channel =
        channel_.empty() ? nullptr : &control::need_link_channel(home, channel_);
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
    const QrCode qr = no_qr_ ? QrCode::left_out : QrCode::drawn;
    if (channel != nullptr) {
      print_link_invitation(
          context.out, context.form(),
          control::invite_account(home, keys.store, *channel, person.id, now, *life, random),
          person, channel_, qr);
      return Exit::done;
    }
    roster::Invitation invitation = control::invite(
        home, keys, unlock_organisation(context, home).signing, person.id, now, *life, random);
    // English is what the page speaks anyway, unless the browser asks for another language.
    invitation.greeting = {home.settings().organisation, person.name,
                           person.language == "en" ? "" : person.language};
    print_invitation(context.out, context.form(), invitation, person, home, qr);
    return Exit::done;
  }

 private:
  std::string person_;
  std::string life_ = "72h";
  std::string channel_;
  bool no_qr_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_invite() { return std::make_unique<StaffInvite>(); }

}  // namespace tocsin::cli
