// tocsin staff invite: prints a code that works once, with which one person enrols one device, as
// text and as a QR code.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "screen/qr.h"
#include "seal/entropy.h"
#include "seal/words.h"

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
    if (!home.settings().relay)
      throw Fault(Exit::invalid, "no relay is set, and an enrolment travels over one",
                  "add relay: to tocsin.yaml");
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
    const seal::Identity organisation = unlock_organisation(context, home);
    const roster::Invitation invitation =
        roster::invite({organisation.signing, home.organisation(), home.enrolment(),
                        home.settings().relay->url, home.settings().relay->pins},
                       person.id, now, *life, random);
    {
      const base::FileLock held = control::hold_people(home);
      auto pending = control::read_invitations(home, keys.store);
      pending.push_back(roster::pending_of(invitation));
      control::write_invitations(home, keys.store, std::move(pending), now, random);
    }
    print(context, home, person, invitation);
    return Exit::done;
  }

 private:
  void print(Context& context, const home::Home& home, const roster::Responder& person,
             const roster::Invitation& invitation) const {
    const std::string code = roster::to_code(invitation);
    const auto link = roster::to_link(invitation);
    const std::string words = seal::fingerprint_words(home.organisation());
    if (context.json) {
      context.out.json({{"person", person.id.str()},
                        {"name", person.name},
                        {"code", code},
                        {"link", link ? nlohmann::json(*link) : nlohmann::json(nullptr)},
                        {"expires", base::to_rfc3339(invitation.expires())},
                        {"fingerprint", words}});
      return;
    }
    Output& out = context.out;
    if (!no_qr_) print_qr(out, link.value_or(code));
    out.line(link.value_or(code));
    out.line("");
    out.line(fmt::format("For {} ({}), for one device, until {}.", base::printable(person.name),
                         person.id.str(), base::local_stamp(invitation.expires())));
    out.line(link ? "They open it on their phone, or run: tocsin respond enrol, and compare the "
                    "organisation's words: " +
                        words
                  : "They run: tocsin respond enrol, and compare the organisation's words: " +
                        words);
    out.line(
        home.settings().enrolment == home::Acceptance::automatic
            ? "Then you run: tocsin staff enrolled"
            : "Then they read out the words of their device, and you run: tocsin staff enrolled "
              "--words \"...\"");
    out.note("whoever has it first can enrol as this person: hand it over, do not post it");
    if (!link)
      out.note("phones need a relay that is reached by https://, so this is no link for them");
  }

  static void print_qr(Output& out, const std::string& code) {
    // With colour we set the background. Without, assume a dark one, which most terminals have.
    const auto lines = qr_lines(code, out.has_colour() ? Ground::light : Ground::dark);
    if (!lines || base::display_width(lines->front()) > out.columns()) {
      out.note(fmt::format(
          "the terminal is too narrow for the QR code{}",
          lines ? fmt::format(", which takes {} columns", base::display_width(lines->front()))
                : std::string{}));
      return;
    }
    for (const std::string& line : *lines)
      out.line(out.has_colour() ? "\x1b[38;5;16;48;5;231m" + line + "\x1b[0m" : line);
  }

  std::string person_;
  std::string life_ = "72h";
  bool no_qr_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_invite() { return std::make_unique<StaffInvite>(); }

}  // namespace tocsin::cli
