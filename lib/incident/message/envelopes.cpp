#include "incident/message/envelopes.h"

#include <utility>

#include "seal/entropy.h"

namespace tocsin::incident {

base::Bytes SealedEnvelopes::seal(const seal::SealingKey& recipient, const seal::Header& header,
                                  base::ByteView payload) const {
  std::optional<seal::Prepared> prepared = take_prepared(recipient);
  if (!prepared) {
    seal::Entropy entropy;
    prepared.emplace(recipient, entropy);
  }
  return seal::seal_envelope(std::move(*prepared), header, payload, coordinator_);
}

bool SealedEnvelopes::prepare(const seal::SealingKey& recipient) const {
  const std::lock_guard lock{mutex_};
  if (prepared_.contains(recipient)) return false;
  seal::Entropy entropy;
  prepared_.try_emplace(recipient, recipient, entropy);
  return true;
}

std::optional<seal::Prepared> SealedEnvelopes::take_prepared(
    const seal::SealingKey& recipient) const {
  const std::lock_guard lock{mutex_};
  const auto found = prepared_.find(recipient);
  if (found == prepared_.end()) return std::nullopt;
  std::optional<seal::Prepared> prepared{std::move(found->second)};
  prepared_.erase(found);
  return prepared;
}

std::variant<seal::Opened, seal::Rejection> SealedEnvelopes::open(base::ByteView envelope) const {
  return seal::open_envelope_of_any_time(envelope, incident_);
}

}  // namespace tocsin::incident
