// How payloads are sealed and opened. Only a drill in memory uses another implementation.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <variant>

#include "base/bytes.h"
#include "base/random.h"
#include "seal/envelope.h"

namespace tocsin::incident {

class Envelopes {
 public:
  virtual ~Envelopes() = default;
  // May be called from several threads at once.
  virtual base::Bytes seal(const seal::SealingKey& recipient, const seal::Header& header,
                           base::ByteView payload) const = 0;
  // Whenever it was made and whether or not it has expired: the clock of a telephone or of this
  // machine may be wrong, and an answer must not be lost for that.
  virtual std::variant<seal::Opened, seal::Rejection> open(base::ByteView envelope) const = 0;
  // Does part of the work of the next `seal` to this recipient in advance. True when there was
  // something to do.
  virtual bool prepare(const seal::SealingKey&) const { return false; }
};

// Signs with the coordinator's key and opens what is sealed to the incident. Both keys must outlive
// it. Prepared work is kept in memory only, one for each recipient, and wiped after use.
class SealedEnvelopes final : public Envelopes {
 public:
  SealedEnvelopes(const seal::SigningKey& coordinator, const seal::OpeningKey& incident) noexcept
      : coordinator_(coordinator), incident_(incident) {}
  base::Bytes seal(const seal::SealingKey& recipient, const seal::Header& header,
                   base::ByteView payload) const override;
  std::variant<seal::Opened, seal::Rejection> open(base::ByteView envelope) const override;
  bool prepare(const seal::SealingKey& recipient) const override;

 private:
  std::optional<seal::Prepared> take_prepared(const seal::SealingKey& recipient) const;

  const seal::SigningKey& coordinator_;
  const seal::OpeningKey& incident_;
  mutable std::mutex mutex_;
  mutable std::map<seal::SealingKey, seal::Prepared> prepared_;
};

}  // namespace tocsin::incident
