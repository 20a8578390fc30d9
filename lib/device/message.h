// A coordinator's message, as a device opens it. Every check that a device makes before it shows
// anything is here, so that a drill's telephones make the same.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/instant.h"
#include "incident/message/payload.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::device {

struct Message {
  seal::Header header;
  incident::Notice notice;
};

// nullopt unless it is sealed to `own`, valid at `now`, one of the kinds that coordinators send,
// and signed by a coordinator whom `organisation` certified.
std::optional<Message> open_message(base::ByteView envelope, const seal::OpeningKey& own,
                                    const seal::VerifyKey& organisation, base::Instant now);

}  // namespace tocsin::device
