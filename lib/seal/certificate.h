// A certificate: the organisation states that a key belongs to a holder with a role. It is signed
// by the organisation's key, which may be kept offline. A relay checks it before it lets somebody
// write; a device checks it to show who calls (tocsin-security(7)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "seal/key.h"

namespace tocsin::seal {

enum class Role : std::uint8_t {
  strategic = 1,  // coordinators, by tier
  tactical = 2,
  operational = 3,
  incident = 4,    // an incident's key pair: replies are sealed to it
  device = 5,      // a responder's phone or terminal
  invitation = 6,  // may do one thing: write an enrolment to the organisation's mailbox
};
bool is_coordinator(Role role) noexcept;
std::string_view to_text(Role role) noexcept;  // "strategic"

struct Certificate {
  Role role = Role::operational;
  PublicIdentity subject;
  std::string name;  // "Dr A. Okafor, on-call director", at most 80 bytes; devices and invitations
                     // have none
  std::uint64_t serial = 0;
  base::Instant issued;
  base::Instant expires;
  VerifyKey issuer;
  Signature signature;
};

Certificate issue_certificate(const SigningKey& organisation, Role role,
                              const PublicIdentity& subject, std::string name, std::uint64_t serial,
                              base::Instant issued, base::Instant expires);
base::Bytes encode(const Certificate& certificate);
std::optional<Certificate> decode_certificate(base::ByteView bytes);
// Whether `at` is between `issued` and `expires`. A clock may be up to ten minutes slow: `issued`
// may be that much later than `at`.
bool is_in_force(const Certificate& certificate, base::Instant at) noexcept;
// Whether the organisation signed it and it is in force `now`.
bool is_valid(const Certificate& certificate, const VerifyKey& organisation, base::Instant now);

}  // namespace tocsin::seal
