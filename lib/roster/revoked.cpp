#include "roster/revoked.h"

#include <algorithm>
#include <string_view>

namespace tocsin::roster {

namespace {

// The first byte tells it from an acceptance, which has 1; the prefix of what is signed tells it
// from a membership list, which is signed in the same domain.
constexpr std::uint8_t kVersion = 2;
constexpr std::string_view kPrefix = "tocsin-revocation";

base::Bytes signed_text(base::ByteView said) {
  base::ByteWriter out;
  out.raw(base::bytes_of(kPrefix));
  out.raw(said);
  return out.take();
}

}  // namespace

base::Bytes revocation_payload(const seal::SigningKey& organisation, std::uint64_t membership,
                               const seal::PublicIdentity& device, base::Instant at) {
  base::ByteWriter out;
  out.u8(kVersion);
  out.u64(membership);
  seal::write(out, device);
  out.i64(at.time_since_epoch().count());
  out.raw(organisation.sign(seal::Domain::membership, signed_text(out.bytes())).bytes);
  return out.take();
}

bool is_revocation(const seal::Opened& opened, const seal::PublicIdentity& device,
                   const seal::PublicIdentity& organisation,
                   const seal::PublicIdentity& enrolment) {
  if (opened.header.kind != seal::Kind::acceptance || opened.signer != enrolment.verify)
    return false;
  base::ByteReader in{opened.payload};
  const bool ours = in.u8() == kVersion;
  in.u64();
  const seal::PublicIdentity named = seal::read_public_identity(in);
  in.i64();
  seal::Signature signature;
  const base::ByteView said =
      base::ByteView{opened.payload}.first(opened.payload.size() - in.left());
  const base::ByteView bytes = in.raw(signature.bytes.size());
  if (!in.done() || !ours || named != device) return false;
  std::copy(bytes.begin(), bytes.end(), signature.bytes.begin());
  return seal::verify(organisation.verify, seal::Domain::membership, signed_text(said), signature);
}

}  // namespace tocsin::roster
