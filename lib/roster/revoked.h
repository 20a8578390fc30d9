// What tells a device that it is off the membership list, so that it can destroy what it holds:
// signed by the organisation itself, so that neither a relay nor a coordinator can say it. Order of
// bytes: tocsin-enrolment(5), REVOCATION. Sends nothing.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/instant.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::roster {

// The payload of a Kind::acceptance envelope, as an acceptance is. `membership`: the number of the
// list on which the device is revoked.
base::Bytes revocation_payload(const seal::SigningKey& organisation, std::uint64_t membership,
                               const seal::PublicIdentity& device, base::Instant at);

// True only for this device, from this organisation's enrolment mailbox, signed by the
// organisation.
bool is_revocation(const seal::Opened& opened, const seal::PublicIdentity& device,
                   const seal::PublicIdentity& organisation, const seal::PublicIdentity& enrolment);

}  // namespace tocsin::roster
