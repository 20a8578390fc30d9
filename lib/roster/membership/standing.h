// What the numbered membership list says about one device, signed by the organisation's own key. So
// neither a relay nor a coordinator can forge it, and nobody can go back to an older list
// (tocsin-enrolment(5), STANDING). Sends nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/instant.h"
#include "roster/people/roster.h"
#include "seal/certificate.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::roster {

// What a device on the list needs to know besides.
struct Listing {
  std::string organisation_name;
  PersonId person;
  seal::Certificate certificate;  // of the device
};

struct Standing {
  std::uint64_t list = 0;          // its number
  std::optional<Listing> listing;  // nullopt: revoked for ever
};

// The payload of a Kind::acceptance envelope, signed by the enrolment mailbox's key.
base::Bytes standing_payload(const seal::SigningKey& organisation, const Standing& standing,
                             const seal::PublicIdentity& device, base::Instant at);

// What a device knows already.
struct Pinned {
  const seal::PublicIdentity& device;
  const seal::PublicIdentity& organisation;
  const seal::PublicIdentity& enrolment;
  std::uint64_t list;  // the highest number that it was told so far; 0: none yet
};
// nullopt unless it is for this device, from this organisation and its enrolment mailbox, valid
// now, and of a list that is not older than the one known.
std::optional<Standing> check_standing(const seal::Opened& opened, const Pinned& pinned,
                                       base::Instant now);

}  // namespace tocsin::roster
