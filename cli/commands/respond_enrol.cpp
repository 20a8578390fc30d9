// tocsin respond enrol: makes this machine a device of the person who was invited.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "device/enrolment.h"
#include "input/invitation_code.h"
#include "seal/entropy.h"
#include "seal/words.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class Enrol final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("code", code_, "The invitation, or - to read it from standard input")
        ->type_name("CODE")
        ->required();
    app.add_option("--name", name_, "What to call this device")
        ->type_name("NAME")
        ->capture_default_str();
    app.add_flag("--no-passphrase", without_passphrase_, "Leave the device's key in the clear");
  }

  Exit run(Context& context) override {
    const roster::Invitation invitation = read_invitation(code_, context.clock.now());
    if (name_.empty() || name_.size() > 80 || !base::is_utf8(name_))
      throw Fault(Exit::usage, "a device's name has 1 to 80 bytes");
    if (context.dry_run) {
      context.out.line(fmt::format("would enrol this device as \"{}\" of {}",
                                   base::printable(name_),
                                   base::printable(invitation.person.str())));
      return Exit::done;
    }
    const home::Passphrase passphrase = ask(context);
    seal::Entropy random;
    const home::DeviceHome home = device::make_or_open(
        context.home, invitation,
        without_passphrase_ ? seal::Protection::none : seal::Protection::passphrase, passphrase,
        random);
    if (home.enrolment().accepted()) {
      context.out.note("this device was enrolled and accepted before; nothing was changed");
    } else {
      check(device::enrol(invitation, device::unlock(home, passphrase), name_, context.clock,
                          random));
    }
    print(context, home);
    return Exit::done;
  }

 private:
  home::Passphrase ask(const Context& context) const {
    const auto source = home::passphrase_source(context.passphrase_file);
    home::DeviceHome::finish_killed(context.home);
    if (!home::DeviceHome::exists(context.home))
      return without_passphrase_ ? home::Passphrase{{}} : source->ask_new("this device's key");
    const bool is_protected =
        home::DeviceHome::open(context.home).protection() == seal::Protection::passphrase;
    return is_protected ? source->ask("this device's key") : home::Passphrase{{}};
  }

  static void check(const channel::Delivery& delivery) {
    if (delivery.receipt <= contact::Receipt::read) return;
    const bool for_good = delivery.receipt == contact::Receipt::failed_for_good;
    throw Fault(for_good ? Exit::untrusted : Exit::unreachable,
                fmt::format("the enrolment was not sent: {}", delivery.reason),
                for_good ? "ask for a new invitation"
                         : "the device is made; run the same command again later");
  }

  static void print(Context& context, const home::DeviceHome& home) {
    const std::string words = seal::fingerprint_words(home.device());
    const home::Enrolment& enrolment = home.enrolment();
    const std::string organisation = seal::fingerprint_words(enrolment.organisation);
    Output& out = context.out;
    if (context.json) {
      out.json({{"fingerprint", words},
                {"organisation_fingerprint", organisation},
                {"accepted", enrolment.accepted()}});
      return;
    }
    out.line(fmt::format("this device   {}", out.paint(Paint::bold, words)));
    out.line(fmt::format("organisation  {}", organisation));
    if (enrolment.accepted()) return;
    out.line(
        "\n"
        "Sent. Whoever invited you sees this device with its six words: compare them by "
        "telephone.\n"
        "Once it is accepted, \"tocsin respond inbox\" says so.");
  }

  std::string code_;
  std::string name_ = "terminal";
  bool without_passphrase_ = false;
};

}  // namespace

std::unique_ptr<Command> make_respond_enrol() { return std::make_unique<Enrol>(); }

}  // namespace tocsin::cli
