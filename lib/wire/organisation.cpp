#include "wire/organisation.h"

#include "base/bytes.h"

namespace tocsin::wire {

std::string to_text(const Organisation& organisation) {
  base::ByteWriter out;
  out.raw(organisation.verify.bytes);
  out.raw(organisation.enrolment.bytes);
  return base::to_base64url(out.bytes());
}

std::optional<Organisation> organisation_from_text(std::string_view text) {
  const auto bytes = base::from_base64url(text);
  if (!bytes) return std::nullopt;
  base::ByteReader in{*bytes};
  const Organisation organisation{{in.array<32>()}, {in.array<16>()}};
  if (!in.done()) return std::nullopt;
  return organisation;
}

}  // namespace tocsin::wire
