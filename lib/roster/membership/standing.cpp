#include "roster/membership/standing.h"

#include "base/text.h"

namespace tocsin::roster {

namespace {

constexpr std::uint8_t kStandingVersion = 1;
constexpr std::size_t kLongestText = 200;

std::optional<Listing> read_listing(base::ByteReader& in, const Pinned& pinned, base::Instant now) {
  const std::string_view name = in.text();
  const std::string_view person = in.text();
  const auto certificate = seal::decode_certificate(in.sized());
  if (!in.ok() || !certificate || name.size() > kLongestText || !base::is_utf8(name) ||
      person.size() > kLongestText || !base::is_utf8(person))
    return std::nullopt;
  if (certificate->role != seal::Role::device || certificate->subject != pinned.device ||
      !seal::is_valid(*certificate, pinned.organisation.verify, now))
    return std::nullopt;
  return Listing{base::printable(name), PersonId{std::string{person}}, *certificate};
}

}  // namespace

base::Bytes standing_payload(const seal::SigningKey& organisation, const Standing& standing,
                             const seal::PublicIdentity& device, base::Instant at) {
  base::ByteWriter out;
  out.u8(kStandingVersion);
  out.u64(standing.list);
  seal::write(out, device);
  out.i64(at.time_since_epoch().count());
  out.u8(standing.listing ? 1 : 0);
  if (standing.listing) {
    out.text(standing.listing->organisation_name);
    out.text(standing.listing->person.str());
    out.sized(seal::encode(standing.listing->certificate));
  }
  out.raw(organisation.sign(seal::Domain::standing, out.bytes()).bytes);
  return out.take();
}

std::optional<Standing> check_standing(const seal::Opened& opened, const Pinned& pinned,
                                       base::Instant now) {
  if (opened.header.kind != seal::Kind::acceptance || opened.signer != pinned.enrolment.verify)
    return std::nullopt;
  base::ByteReader in{opened.payload};
  const bool ours = in.u8() == kStandingVersion;
  Standing standing;
  standing.list = in.u64();
  const seal::PublicIdentity named = seal::read_public_identity(in);
  in.i64();
  const std::uint8_t is_listed = in.u8();
  if (!in.ok() || !ours || named != pinned.device || is_listed > 1 || standing.list < pinned.list)
    return std::nullopt;
  if (is_listed == 1) {
    standing.listing = read_listing(in, pinned, now);
    if (!standing.listing) return std::nullopt;
  }
  const base::ByteView said =
      base::ByteView{opened.payload}.first(opened.payload.size() - in.left());
  const seal::Signature signature{in.array<64>()};
  if (!in.done() ||
      !seal::verify(pinned.organisation.verify, seal::Domain::standing, said, signature))
    return std::nullopt;
  return standing;
}

}  // namespace tocsin::roster
