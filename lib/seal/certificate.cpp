#include "seal/certificate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "seal/lifetime.h"

namespace tocsin::seal {

namespace {

// The layout is specified in tocsin-envelope(5), CERTIFICATES.
constexpr std::string_view kCertificateMagic = "TOCC";
constexpr std::uint8_t kCertificateVersion = 1;
constexpr std::size_t kMostName = 80;

// A name is shown on telephones and terminals, so control characters and broken UTF-8 are refused.
bool is_name(std::string_view name) {
  return name.size() <= kMostName && base::printable(name) == name;
}

base::Bytes signed_part(const Certificate& certificate) {
  base::ByteWriter out;
  out.raw(base::bytes_of(kCertificateMagic));
  out.u8(kCertificateVersion);
  out.u8(static_cast<std::uint8_t>(certificate.role));
  write(out, certificate.subject);
  out.u8(static_cast<std::uint8_t>(certificate.name.size()));
  out.raw(base::bytes_of(certificate.name));
  out.u64(certificate.serial);
  out.i64(certificate.issued.time_since_epoch().count());
  out.i64(certificate.expires.time_since_epoch().count());
  out.raw(certificate.issuer.bytes);
  return out.take();
}

}  // namespace

bool is_coordinator(Role role) noexcept {
  return role == Role::strategic || role == Role::tactical || role == Role::operational;
}

std::string_view to_text(Role role) noexcept {
  switch (role) {
    case Role::strategic:
      return "strategic";
    case Role::tactical:
      return "tactical";
    case Role::operational:
      return "operational";
    case Role::incident:
      return "incident";
    case Role::device:
      return "device";
    case Role::invitation:
      return "invitation";
  }
  return "unknown";
}

Certificate issue_certificate(const SigningKey& organisation, Role role,
                              const PublicIdentity& subject, std::string name, std::uint64_t serial,
                              base::Instant issued, base::Instant expires) {
  if (!is_name(name))
    throw base::Fault(
        base::Exit::invalid,
        fmt::format("the name on a certificate is at most {} bytes of printable UTF-8", kMostName),
        "shorten the name");
  TOCSIN_ASSERT(is_sane(issued) && is_sane(expires));
  Certificate certificate{role,   subject, std::move(name),           serial,
                          issued, expires, organisation.verify_key(), {}};
  certificate.signature = organisation.sign(Domain::certificate, signed_part(certificate));
  return certificate;
}

base::Bytes encode(const Certificate& certificate) {
  base::Bytes bytes = signed_part(certificate);
  bytes.insert(bytes.end(), certificate.signature.bytes.begin(), certificate.signature.bytes.end());
  return bytes;
}

std::optional<Certificate> decode_certificate(base::ByteView bytes) {
  base::ByteReader in{bytes};
  const bool ours = base::text_of(in.raw(kCertificateMagic.size())) == kCertificateMagic &&
                    in.u8() == kCertificateVersion;
  const std::uint8_t role = in.u8();
  Certificate certificate;
  certificate.subject = read_public_identity(in);
  certificate.name = base::text_of(in.raw(in.u8()));
  certificate.serial = in.u64();
  certificate.issued = base::Instant{base::Milliseconds{in.i64()}};
  certificate.expires = base::Instant{base::Milliseconds{in.i64()}};
  const base::ByteView issuer = in.raw(certificate.issuer.bytes.size());
  std::copy(issuer.begin(), issuer.end(), certificate.issuer.bytes.begin());
  const base::ByteView signature = in.raw(certificate.signature.bytes.size());
  std::copy(signature.begin(), signature.end(), certificate.signature.bytes.begin());
  if (!ours || !in.done() || role < static_cast<std::uint8_t>(Role::strategic) ||
      role > static_cast<std::uint8_t>(Role::invitation) || !is_name(certificate.name) ||
      !is_sane(certificate.issued) || !is_sane(certificate.expires))
    return std::nullopt;
  certificate.role = static_cast<Role>(role);
  return certificate;
}

bool is_in_force(const Certificate& certificate, base::Instant at) noexcept {
  return at >= certificate.issued - kClockTolerance && at < certificate.expires;
}

bool is_valid(const Certificate& certificate, const VerifyKey& organisation, base::Instant now) {
  return certificate.issuer == organisation && is_in_force(certificate, now) &&
         verify(organisation, Domain::certificate, signed_part(certificate), certificate.signature);
}

}  // namespace tocsin::seal
