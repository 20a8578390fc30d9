// tocsin respond enrol: this machine becomes a device of the person whose invitation it holds.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "command.h"
#include "responder.h"
#include "roster/membership/enrolment.h"
#include "seal/words.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

constexpr auto kEnrolmentLife = std::chrono::days{7};
constexpr std::size_t kLargestCode = 4'096;
constexpr std::string_view kInvitation = "invitation";  // by whose key this device was enrolled

// Gives again what was just typed, so that nobody types it three times.
class SamePassphrase final : public home::PassphraseSource {
 public:
  explicit SamePassphrase(const home::Passphrase& same) : same_(same) {}
  home::Passphrase ask(std::string_view) override {
    return home::Passphrase{std::string{same_.text()}};
  }
  home::Passphrase ask_new(std::string_view what) override { return ask(what); }
  bool is_named() const noexcept override { return true; }

 private:
  const home::Passphrase& same_;
};

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
    const auto invitation = roster::invitation_from_code(
        code_ == "-" ? base::read_file("/dev/stdin", kLargestCode) : code_);
    if (!invitation)
      throw Fault(Exit::untrusted, "this is no invitation, or a letter of it is wrong",
                  "copy all of it, from \"tocsin-invite:\" to its end");
    if (name_.empty() || name_.size() > 80 || !base::is_utf8(name_))
      throw Fault(Exit::usage, "a device's name has 1 to 80 bytes");
    if (context.clock.now() >= invitation->expires())
      throw Fault(
          Exit::untrusted,
          fmt::format("this invitation expired at {}", base::local_stamp(invitation->expires())),
          "ask for a new one");
    if (context.dry_run) {
      context.out.line(fmt::format("would enrol this device as \"{}\" of {}",
                                   base::printable(name_),
                                   base::printable(invitation->person.str())));
      return Exit::done;
    }

    const home::Passphrase passphrase = ask(context);
    home::DeviceHome home = make_or_open(context, *invitation, passphrase);
    if (home.enrolment().accepted()) {
      context.out.note("this device was enrolled and accepted before; nothing was changed");
      print(context, home);
      return Exit::done;
    }
    SamePassphrase same{passphrase};
    home::SessionKeyring keyring;
    send(context, *invitation, home.unlock(same, keyring));
    print(context, home);
    return Exit::done;
  }

 private:
  home::Passphrase ask(const Context& context) const {
    const auto source = home::passphrase_source(context.passphrase_file);
    if (!home::DeviceHome::exists(context.home))
      return without_passphrase_ ? home::Passphrase{{}} : source->ask_new("this device's key");
    const bool is_protected =
        home::DeviceHome::open(context.home).protection() == seal::Protection::passphrase;
    return is_protected ? source->ask("this device's key") : home::Passphrase{{}};
  }

  // A second try after the relay was out of reach goes on with the same key. Another invitation
  // makes another: that the first one is rejected may be said of its key at any time.
  home::DeviceHome make_or_open(const Context& context, const roster::Invitation& invitation,
                                const home::Passphrase& passphrase) const {
    if (!home::DeviceHome::exists(context.home))
      return make(context, invitation, passphrase,
                  without_passphrase_ ? seal::Protection::none : seal::Protection::passphrase);
    home::DeviceHome home = home::DeviceHome::open(context.home);
    if (home.enrolment().organisation != invitation.organisation)
      throw Fault(Exit::fault,
                  fmt::format("{} is enrolled with another organisation", context.home.string()),
                  "name another folder with --home; nothing was changed");
    const auto before = home.read_own(kInvitation);
    const seal::VerifyKey key = invitation.key().verify_key();
    if (home.enrolment().accepted() || !before || std::ranges::equal(*before, key.bytes))
      return home;
    const seal::Protection protection = home.protection();
    SamePassphrase same{passphrase};
    home::SessionKeyring keyring;
    home.forget(keyring);
    home.unlock(same, keyring);  // mistyped, it must not protect the new key
    home.destroy(keyring);
    return make(context, invitation, passphrase, protection);
  }

  static home::DeviceHome make(const Context& context, const roster::Invitation& invitation,
                               const home::Passphrase& passphrase, seal::Protection protection) {
    seal::Entropy random;
    home::Enrolment enrolment;
    enrolment.organisation = invitation.organisation;
    enrolment.enrolment_mailbox = invitation.enrolment;
    enrolment.relay = {invitation.relay_url, invitation.relay_pins};
    home::DeviceHome home =
        home::DeviceHome::create(context.home, enrolment, protection, passphrase.text(), random);
    home.write_own(kInvitation, invitation.key().verify_key().bytes);
    return home;
  }

  void send(Context& context, const roster::Invitation& invitation,
            const seal::Identity& device) const {
    seal::Entropy random;
    const base::Instant now = context.clock.now();
    seal::Header header;
    header.kind = seal::Kind::enrolment;
    header.realness = seal::Realness::real;
    header.id = seal::random_message_id(random);
    header.created = now;
    header.expires = now + kEnrolmentLife;
    const channel::SealedMessage outgoing{
        header.id,
        to_text(invitation.enrolment.id()),
        {seal::seal_envelope(seal::Prepared{invitation.enrolment.seal, random}, header,
                             roster::enrolment_payload(invitation, device.public_identity(), name_),
                             device.signing)},
        header.expires};
    channel::Mailbox writer{
        {invitation.relay_url, invitation.relay_pins},
        {invitation.key(), invitation.certificate.subject, invitation.certificate},
        context.clock};
    const channel::Delivery delivery = writer.send({&outgoing, 1}).front();
    if (delivery.receipt <= contact::Receipt::read) return;
    const bool for_good = delivery.receipt == contact::Receipt::failed_for_good;
    throw Fault(for_good ? Exit::untrusted : Exit::unreachable,
                fmt::format("the enrolment was not sent: {}", delivery.reason),
                for_good ? "ask for a new invitation"
                         : "the device is made; run the same command again later");
  }

  static void print(Context& context, const home::DeviceHome& home) {
    const std::string words = seal::fingerprint_words(home.device());
    if (context.json) {
      context.out.json(
          {{"fingerprint", words},
           {"organisation_fingerprint", seal::fingerprint_words(home.enrolment().organisation)},
           {"accepted", home.enrolment().accepted()}});
      return;
    }
    Output& out = context.out;
    out.line(fmt::format("this device   {}", out.paint(Paint::bold, words)));
    out.line(
        fmt::format("organisation  {}", seal::fingerprint_words(home.enrolment().organisation)));
    if (home.enrolment().accepted()) return;
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
