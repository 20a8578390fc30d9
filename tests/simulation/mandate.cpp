#include "simulation/mandate.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Minutes;

constexpr Minutes kBefore{60};
constexpr Minutes kAnew{15};                       // after the end of the last
constexpr Minutes kSlow{10};                       // a clock that is right enough
constexpr std::chrono::hours kFar{11 * 366 * 24};  // beyond all that a clock of these nights says

}  // namespace

Mandate::Mandate(const seal::Identity& organisation, const Trouble& trouble,
                 const base::Clock& true_clock)
    : organisation_(organisation), clock_(true_clock) {
  const Instant now = clock_.now();
  if (!trouble.certified) {
    certify(now - kFar, now + kFar);
    return;
  }
  certify(now - kBefore, now + *trouble.certified);
  renewed_ = now + *trouble.certified + kAnew;
}

bool Mandate::allows(Instant at) const {
  return at >= certificate_.issued - kSlow && at < certificate_.expires;
}

void Mandate::renew() {
  renewed_.reset();
  certify(clock_.now(), clock_.now() + kFar);
}

void Mandate::certify(Instant from, Instant until) {
  certificate_ =
      seal::issue_certificate(organisation_.signing, seal::Role::tactical,
                              organisation_.public_identity(), "Control", 1, from, until);
}

}  // namespace tocsin::simulation
