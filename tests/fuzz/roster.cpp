// The stored forms of roster, rota and codes for accounts, and such a code. Bytes are refused, or
// decode to a value that encodes and decodes to the same value.
#include "roster/people/roster.h"

#include <cstddef>
#include <cstdint>

#include "base/fault.h"
#include "roster/membership/link_code.h"
#include "roster/membership/membership.h"
#include "roster/rota/rota.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin::roster;
  const tocsin::base::ByteView bytes{data, size};
  if (const auto roster = decode_roster(bytes)) {
    const auto again = decode_roster(encode(*roster));
    TOCSIN_ASSERT(again && *again == *roster);
  }
  if (const auto rota = decode_rota(bytes)) {
    const auto again = decode_rota(encode(*rota));
    TOCSIN_ASSERT(again && *again == *rota);
  }
  if (const auto links = decode_links(bytes)) {
    const auto again = decode_links(encode(*links));
    TOCSIN_ASSERT(again && *again == *links);
  }
  // What somebody sends is a code in one spelling, or none.
  if (const auto code = link_code_in(tocsin::base::text_of(bytes)))
    TOCSIN_ASSERT(link_code_in(*code) == *code);
  const auto membership = open_membership(bytes, tocsin::seal::VerifyKey{});
  TOCSIN_ASSERT(!std::holds_alternative<Membership>(membership));
  return 0;
}
