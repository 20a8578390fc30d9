#include "device/enrolment.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "base/fault.h"
#include "channel/mailbox.h"
#include "home/keyring.h"
#include "seal/envelope.h"

namespace tocsin::device {

namespace {

constexpr auto kEnrolmentLife = std::chrono::days{7};
constexpr std::string_view kInvitation = "invitation";  // with whose key this device was enrolled

// Returns the passphrase that was just typed, so that nobody types it three times.
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

home::DeviceHome make(const std::filesystem::path& folder, const roster::Invitation& invitation,
                      seal::Protection protection, const home::Passphrase& passphrase,
                      base::Random& random) {
  home::Enrolment enrolment;
  enrolment.organisation = invitation.organisation;
  enrolment.enrolment_mailbox = invitation.enrolment;
  enrolment.relay = {invitation.relay_url, invitation.relay_pins};
  const seal::VerifyKey key = invitation.key().verify_key();
  const home::OwnFile own{kInvitation, key.bytes};
  return home::DeviceHome::create(folder, enrolment, protection, passphrase.text(), random, {},
                                  {&own, 1});
}

}  // namespace

home::DeviceHome make_or_open(const std::filesystem::path& folder,
                              const roster::Invitation& invitation, seal::Protection protection,
                              const home::Passphrase& passphrase, base::Random& random) {
  home::DeviceHome::finish_killed(folder);
  if (!home::DeviceHome::exists(folder))
    return make(folder, invitation, protection, passphrase, random);
  home::DeviceHome home = home::DeviceHome::open(folder);
  if (home.enrolment().organisation != invitation.organisation)
    throw base::Fault(base::Exit::fault,
                      fmt::format("{} is enrolled with another organisation", folder.string()),
                      "name another folder with --home; nothing was changed");
  const auto before = home.read_own(kInvitation);
  const seal::VerifyKey key = invitation.key().verify_key();
  if (home.enrolment().accepted() || !before || std::ranges::equal(*before, key.bytes)) return home;
  const seal::Protection kept = home.protection();
  home::SessionKeyring keyring;
  home.forget(keyring);
  unlock(home, passphrase);  // mistyped, it must not protect the new key
  home.destroy(keyring);
  return make(folder, invitation, kept, passphrase, random);
}

seal::Identity unlock(const home::DeviceHome& home, const home::Passphrase& passphrase) {
  SamePassphrase same{passphrase};
  home::SessionKeyring keyring;
  return home.unlock(same, keyring);
}

channel::Delivery enrol(const roster::Invitation& invitation, const seal::Identity& device,
                        std::string_view name, const base::Clock& clock, base::Random& random) {
  seal::Header header;
  header.kind = seal::Kind::enrolment;
  header.realness = seal::Realness::real;
  header.id = seal::random_message_id(random);
  header.created = clock.now();
  header.expires = header.created + kEnrolmentLife;
  const channel::SealedMessage outgoing{
      header.id,
      to_text(invitation.enrolment.id()),
      {seal::seal_envelope(seal::Prepared{invitation.enrolment.seal, random}, header,
                           roster::enrolment_payload(invitation, device.public_identity(), name),
                           device.signing)},
      header.expires};
  channel::Mailbox writer{
      {invitation.relay_url, invitation.relay_pins},
      {invitation.key(), invitation.certificate.subject, invitation.certificate},
      clock};
  return writer.send({&outgoing, 1}).front();
}

}  // namespace tocsin::device
