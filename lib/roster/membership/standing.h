// The organisation's word on one device: what the numbered membership list says of it, signed by
// the organisation's own key, so that neither a relay nor a coordinator can say it, and nobody can
// go back to an older list. Order of bytes: tocsin-enrolment(5), STANDING. Sends nothing.
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

// What a device that is on the list needs beside that.
struct Listing {
  std::string organisation_name;
  PersonId person;
  seal::Certificate certificate;  // of the device
};

struct Standing {
  std::uint64_t list = 0;          // its number
  std::optional<Listing> listing;  // nullopt: struck off, for good
};

// The payload of a Kind::acceptance envelope, signed by the enrolment mailbox's key.
base::Bytes standing_payload(const seal::SigningKey& organisation, const Standing& standing,
                             const seal::PublicIdentity& device, base::Instant at);

// What a device knows already.
struct Pinned {
  const seal::PublicIdentity& device;
  const seal::PublicIdentity& organisation;
  const seal::PublicIdentity& enrolment;
  std::uint64_t list;  // the highest number that it was told; 0: none yet
};
// nullopt unless it is for this device, from this organisation and its enrolment mailbox, valid
// now, and of no older list than was told before.
std::optional<Standing> check_standing(const seal::Opened& opened, const Pinned& pinned,
                                       base::Instant now);

}  // namespace tocsin::roster
