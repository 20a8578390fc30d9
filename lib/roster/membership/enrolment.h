// How a new device joins (design §7): a one-time invitation on paper or as a QR code, and the
// device's sealed enrolment; the organisation's answer is in standing.h. Says what is sound; sends
// and stores nothing. Order of bytes: tocsin-enrolment(5).
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/random.h"
#include "roster/people/roster.h"
#include "seal/certificate.h"
#include "seal/envelope.h"
#include "seal/key.h"
#include "seal/secret.h"

namespace tocsin::roster {

// What the code says. It holds a secret: whoever has the code first may enrol as this person.
struct Invitation {
  seal::PublicIdentity organisation;
  seal::PublicIdentity enrolment;  // the mailbox that enrolments are sealed and sent to
  std::string relay_url;
  std::vector<std::string> relay_pins;
  PersonId person;
  seal::SecretBytes<32> seed;     // of the key that signs the enrolment, once
  seal::Certificate certificate;  // lets that key write to the enrolment mailbox, until it expires

  seal::SigningKey key() const { return seal::SigningKey::from_seed(seed); }
  base::Instant expires() const noexcept { return certificate.expires; }
};

struct Inviter {
  const seal::SigningKey& organisation_key;
  seal::PublicIdentity organisation;
  seal::PublicIdentity enrolment;
  std::string relay_url;
  std::vector<std::string> relay_pins;
};
Invitation invite(const Inviter& inviter, const PersonId& person, base::Instant now,
                  std::chrono::minutes life, base::Random& random);

std::string to_code(const Invitation& invitation);  // "tocsin-invite:…"
// The responder's page with the code after the "#", which no browser sends to a server. nullopt
// when the relay's address is none that a browser gives keys to: that takes https, or its own
// machine.
std::optional<std::string> to_link(const Invitation& invitation);
// A code or a link. Spaces and line breaks in it are passed over. Not nullopt: the organisation
// that it names did issue it; whether it has expired is the caller's to ask.
std::optional<Invitation> invitation_from_code(std::string_view code);

// What the organisation remembers of an invitation.
struct PendingInvitation {
  seal::VerifyKey key;
  PersonId person;
  base::Instant expires;
  bool is_used = false;
  friend bool operator==(const PendingInvitation&, const PendingInvitation&) = default;
};
PendingInvitation pending_of(const Invitation& invitation);
base::Bytes encode(std::span<const PendingInvitation> pending);
std::optional<std::vector<PendingInvitation>> decode_pending(base::ByteView bytes);

// The device's side. The payload of a Kind::enrolment envelope, which the device's own key signs.
base::Bytes enrolment_payload(const Invitation& invitation, const seal::PublicIdentity& device,
                              std::string_view name);

struct Enrolled {
  PersonId person;
  seal::PublicIdentity device;
  std::string name;  // the device's, as the responder wrote it; printable, at most 80 bytes
};
enum class EnrolmentRejection : std::uint8_t {
  malformed,           // not an enrolment, or one that does not decode
  unknown_invitation,  // nobody was invited with this key
  used,
  expired,
  wrong_person,
  bad_signature,  // of the invitation's key, or the envelope is not signed by the device it names
};
std::string_view to_text(EnrolmentRejection rejection) noexcept;
struct RejectedEnrolment {
  EnrolmentRejection why;
  // Of one that was used: the device that waits in vain, and may be told so. What is expired may
  // have come in time as well, and be read later.
  std::optional<seal::PublicIdentity> device;
};
// On success marks the invitation as used. An enrolment that was sent in time may be read up to
// seven days late, which is as long as a relay keeps it.
std::variant<Enrolled, RejectedEnrolment> check_enrolment(const seal::Opened& opened,
                                                          const seal::VerifyKey& organisation,
                                                          std::span<PendingInvitation> pending,
                                                          base::Instant now);

}  // namespace tocsin::roster
