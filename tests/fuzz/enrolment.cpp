// The bytes of an enrolment, which anybody may send. The first byte says which: an invitation's
// code, an enrolment, an acceptance, or the list of pending invitations.
#include "roster/membership/enrolment.h"

#include "base/fault.h"
#include "roster/membership/standing.h"

namespace {

using namespace tocsin;

const base::Instant kNow{std::chrono::seconds{1'763'850'000}};

seal::Opened opened(seal::Kind kind, base::ByteView payload) {
  seal::Opened out;
  out.header.kind = kind;
  out.header.created = kNow;
  out.payload.assign(payload.begin(), payload.end());
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 4) {
    case 0:
      if (const auto invitation = roster::invitation_from_code(base::text_of(rest))) {
        const auto back = roster::invitation_from_code(roster::to_code(*invitation));
        TOCSIN_ASSERT(back && back->person == invitation->person);
      }
      break;
    case 1: {
      std::vector<roster::PendingInvitation> nobody;
      const auto checked =
          roster::check_enrolment(opened(seal::Kind::enrolment, rest), {}, nobody, kNow);
      TOCSIN_ASSERT(std::holds_alternative<roster::RejectedEnrolment>(checked));
      break;
    }
    case 2:
      TOCSIN_ASSERT(
          !roster::check_standing(opened(seal::Kind::acceptance, rest), {{}, {}, {}, 0}, kNow));
      break;
    default:
      if (const auto pending = roster::decode_pending(rest)) {
        const base::Bytes again = roster::encode(*pending);
        const auto back = roster::decode_pending(again);
        TOCSIN_ASSERT(back && roster::encode(*back) == again);
      }
  }
  return 0;
}
