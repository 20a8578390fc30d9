// The bytes that a relay and its clients exchange. The first byte says which decoder reads the
// rest. A value that it accepts must be the same after writing and reading.
#include "base/fault.h"
#include "wire/messages.h"
#include "wire/organisation.h"
#include "wire/proof.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView body{bytes + 1, size - 1};
  switch (bytes[0] % 6) {
    case 0:
      if (const auto batch = wire::decode_batch(body)) {
        TOCSIN_ASSERT(batch->messages.size() <= wire::kMostMessages);
        const base::Bytes again = wire::encode(*batch);
        const auto back = wire::decode_batch(again);
        TOCSIN_ASSERT(back && back->answers == batch->answers && wire::encode(*back) == again);
      }
      break;
    case 1:
      if (const auto items = wire::decode_items(body)) {
        const base::Bytes again = wire::encode_items(*items);
        const auto back = wire::decode_items(again);
        TOCSIN_ASSERT(back && wire::encode_items(*back) == again);
      }
      break;
    case 2:
      if (const auto outcomes = wire::decode_outcomes(body))
        TOCSIN_ASSERT(wire::decode_outcomes(wire::encode_outcomes(*outcomes)) == outcomes);
      break;
    case 3:
      if (const auto cursor = wire::decode_cursor(body))
        TOCSIN_ASSERT(wire::decode_cursor(wire::encode_cursor(*cursor)) == cursor);
      break;
    case 4:
      if (const auto proof = wire::decode_proof(base::text_of(body)))
        TOCSIN_ASSERT(!wire::is_proven(*proof, {"GET", "relay", "/nobody-signed-this", {}}));
      break;
    default:
      if (const auto organisation = wire::organisation_from_text(base::text_of(body)))
        TOCSIN_ASSERT(wire::to_text(*organisation) == base::text_of(body));
  }
  return 0;
}
