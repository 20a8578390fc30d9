// How a new device joins (tocsin-enrolment(5)): an invitation that works once, on paper or as a QR
// code, and the device's sealed enrolment. standing.h has the organisation's answer. This encodes
// and checks; it sends and stores nothing.
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

// What the page says before anybody has accepted the device. Nothing signs it, as nothing signs the
// person: the six words are compared for that.
struct Greeting {
  std::string organisation;  // names
  std::string person;
  std::string language;  // that the roster gives for the person
  friend bool operator==(const Greeting&, const Greeting&) = default;
};

// The content of a code. It is secret: the first one to use the code can enrol as this person.
struct Invitation {
  seal::PublicIdentity organisation;
  seal::PublicIdentity enrolment;  // the mailbox that enrolments are sealed and sent to
  std::string relay_url;
  std::vector<std::string> relay_pins;
  PersonId person;
  Greeting greeting;              // empty in a code of version 1
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
// Without a greeting.
Invitation invite(const Inviter& inviter, const PersonId& person, base::Instant now,
                  std::chrono::minutes life, base::Random& random);

std::string to_code(const Invitation& invitation);  // "tocsin-invite:…"
// The address of the responder's page, with the code after the "#", which no browser sends to a
// server. nullopt when a browser would not make keys on that page: it needs https, or a relay on
// its own machine.
std::optional<std::string> to_link(const Invitation& invitation);
// Reads a code or a link, ignoring spaces and line breaks. A result proves that the organisation
// named in it issued it. The caller checks whether it has expired.
std::optional<Invitation> invitation_from_code(std::string_view code);

// What the organisation keeps of an invitation.
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

// Made by the device: the payload of a Kind::enrolment envelope, which the device's own key signs.
base::Bytes enrolment_payload(const Invitation& invitation, const seal::PublicIdentity& device,
                              std::string_view name);

struct Enrolled {
  PersonId person;
  seal::PublicIdentity device;
  std::string name;  // of the device, given by the responder; printable, at most 80 bytes
};
enum class EnrolmentRejection : std::uint8_t {
  malformed,           // not an enrolment, or one that does not decode
  unknown_invitation,  // nobody was invited with this key
  used,
  expired,
  wrong_person,
  bad_signature,  // by the invitation's key; or another device than the one named signed it
};
std::string_view to_text(EnrolmentRejection rejection) noexcept;
struct RejectedEnrolment {
  EnrolmentRejection why;
  // When the invitation was used or has expired: the device, which waits in vain and can be told
  // so.
  std::optional<seal::PublicIdentity> device;
};
// On success marks the invitation as used. An enrolment that was sent in time may be read up to
// seven days later, because a relay keeps it so long.
std::variant<Enrolled, RejectedEnrolment> check_enrolment(const seal::Opened& opened,
                                                          const seal::VerifyKey& organisation,
                                                          std::span<PendingInvitation> pending,
                                                          base::Instant now);

}  // namespace tocsin::roster
