#include "wire/proof.h"

namespace tocsin::wire {

namespace {

constexpr std::uint8_t kProofVersion = 1;

base::Bytes proven_bytes(const seal::PublicIdentity& identity, base::Instant time,
                         const Asked& asked) {
  base::ByteWriter out;
  seal::write(out, identity);
  out.i64(time.time_since_epoch().count());
  out.text(asked.method);
  out.text(asked.host);
  out.text(asked.target);
  out.raw(seal::sha512(asked.body));
  return out.take();
}

}  // namespace

std::string prove(const seal::SigningKey& key, const seal::PublicIdentity& identity,
                  base::Instant now, const Asked& asked) {
  const seal::Signature signature =
      key.sign(seal::Domain::relay_request, proven_bytes(identity, now, asked));
  base::ByteWriter out;
  out.u8(kProofVersion);
  seal::write(out, identity);
  out.i64(now.time_since_epoch().count());
  out.raw(signature.bytes);
  return base::to_base64url(out.bytes());
}

std::optional<Proof> decode_proof(std::string_view header) {
  const auto bytes = base::from_base64url(header);
  if (!bytes) return std::nullopt;
  base::ByteReader in{*bytes};
  const std::uint8_t version = in.u8();
  Proof proof;
  proof.identity = seal::read_public_identity(in);
  proof.time = base::Instant{base::Milliseconds{in.i64()}};
  proof.signature.bytes = in.array<64>();
  if (!in.done() || version != kProofVersion) return std::nullopt;
  return proof;
}

bool is_proven(const Proof& proof, const Asked& asked) {
  return seal::verify(proof.identity.verify, seal::Domain::relay_request,
                      proven_bytes(proof.identity, proof.time, asked), proof.signature);
}

std::string to_header(const seal::Certificate& certificate) {
  return base::to_base64url(seal::encode(certificate));
}

}  // namespace tocsin::wire
