// The certificate under which the coordinators' machine appends. In some nights it ends, and a
// while later the organisation certifies the coordinator anew.
#pragma once

#include <optional>

#include "base/clock.h"
#include "journal/mandate.h"
#include "simulation/trouble.h"

namespace tocsin::simulation {

class Mandate {
 public:
  Mandate(const seal::Identity& organisation, const Trouble& trouble,
          const base::Clock& true_clock);

  const seal::Certificate& certificate() const noexcept { return certificate_; }
  // As the journal's store does; faults when nothing can be appended at that time.
  void check(base::Instant at) const { journal::check_mandate(certificate_, at); }
  // The same by a rule of its own.
  bool allows(base::Instant at) const;

  // When the organisation certifies anew, in true time.
  std::optional<base::Instant> next() const noexcept { return renewed_; }
  bool is_due() const { return renewed_ && *renewed_ <= clock_.now(); }
  void renew();

 private:
  void certify(base::Instant from, base::Instant until);

  const seal::Identity& organisation_;
  const base::Clock& clock_;
  seal::Certificate certificate_;
  std::optional<base::Instant> renewed_;
};

}  // namespace tocsin::simulation
