#include "incident/envelopes.h"

#include "seal/entropy.h"

namespace tocsin::incident {

base::Bytes SealedEnvelopes::seal(const seal::SealingKey& recipient, const seal::Header& header,
                                  base::ByteView payload) const {
  seal::Entropy entropy;
  return seal::seal_envelope(seal::Prepared{recipient, entropy}, header, payload, coordinator_);
}

std::variant<seal::Opened, seal::Rejection> SealedEnvelopes::open(base::ByteView envelope,
                                                                  base::Instant now) const {
  return seal::open_envelope(envelope, incident_, now);
}

}  // namespace tocsin::incident
