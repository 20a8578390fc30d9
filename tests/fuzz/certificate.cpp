// A certificate from anybody is refused, or is encoded again to the same bytes.
#include "seal/certificate.h"

#include <algorithm>

#include "base/fault.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const base::ByteView all{bytes, size};
  const auto certificate = seal::decode_certificate(all);
  if (!certificate) return 0;
  TOCSIN_ASSERT(std::ranges::equal(seal::encode(*certificate), all));
  seal::is_valid(*certificate, certificate->issuer, certificate->issued);
  return 0;
}
