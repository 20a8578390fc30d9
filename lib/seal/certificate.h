// The organisation's word that a key belongs to a holder with a role (design §7): signed by the
// organisation key, which may be kept offline. A relay checks it to let someone write; a device to
// see who calls.
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
  std::string name;  // "Dr A. Okafor, on-call director"; empty for devices and invitations; at most
                     // 80 bytes
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
// The signature is the organisation's and `now` is within its life, which may begin ten minutes in
// the future of a clock that is slow.
bool is_valid(const Certificate& certificate, const VerifyKey& organisation, base::Instant now);

}  // namespace tocsin::seal
