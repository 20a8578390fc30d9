#include "journal/mandate.h"

#include <gmock/gmock.h>

#include "base/fault.h"
#include "base/random.h"

namespace tocsin::journal {
namespace {

using base::Minutes;
using testing::HasSubstr;

TEST(Mandate, IsForTheTimeOfTheCertificateAndSaysTheWayOut) {
  base::SeededRandom random{1};
  const seal::Identity organisation = seal::Identity::generate(random);
  const base::Instant from = *base::from_rfc3339("2026-01-10T22:00:00Z");
  const seal::Certificate okafor = seal::issue_certificate(
      organisation.signing, seal::Role::tactical, organisation.public_identity(), "Okafor", 1, from,
      from + Minutes{600});
  EXPECT_NO_THROW(check_mandate(okafor, from));
  EXPECT_NO_THROW(check_mandate(okafor, from + Minutes{600} - base::Milliseconds{1}));
  EXPECT_THROW(check_mandate(okafor, from - Minutes{11}), base::Fault);
  try {
    check_mandate(okafor, from + Minutes{600});
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::fault) << "who drives tries again";
    EXPECT_THAT(fault.what(), HasSubstr("Okafor"));
    EXPECT_THAT(fault.hint(), HasSubstr("set the clock right"));
  }
}

}  // namespace
}  // namespace tocsin::journal
