// How payloads are sealed and opened. A drill in memory puts its own in place; everything else uses
// this.
#pragma once

#include <variant>

#include "base/bytes.h"
#include "base/random.h"
#include "seal/envelope.h"

namespace tocsin::incident {

class Envelopes {
 public:
  virtual ~Envelopes() = default;
  // Called from several threads at once.
  virtual base::Bytes seal(const seal::SealingKey& recipient, const seal::Header& header,
                           base::ByteView payload) const = 0;
  virtual std::variant<seal::Opened, seal::Rejection> open(base::ByteView envelope,
                                                           base::Instant now) const = 0;
};

// Signs with the coordinator's key; opens what is sealed to the incident. Both outlive it.
class SealedEnvelopes final : public Envelopes {
 public:
  SealedEnvelopes(const seal::SigningKey& coordinator, const seal::OpeningKey& incident) noexcept
      : coordinator_(coordinator), incident_(incident) {}
  base::Bytes seal(const seal::SealingKey& recipient, const seal::Header& header,
                   base::ByteView payload) const override;
  std::variant<seal::Opened, seal::Rejection> open(base::ByteView envelope,
                                                   base::Instant now) const override;

 private:
  const seal::SigningKey& coordinator_;
  const seal::OpeningKey& incident_;
};

}  // namespace tocsin::incident
