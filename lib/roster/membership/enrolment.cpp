#include "roster/membership/enrolment.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin::roster {

namespace {

constexpr std::string_view kCodePrefix = "tocsin-invite:";
constexpr std::uint8_t kEnrolmentVersion = 1;
constexpr std::uint8_t kGreetingVersion = 2;  // of a code that has a greeting
constexpr std::size_t kLongestField = 200;
constexpr std::size_t kLongestGreeting = 60;  // bytes of a name: the QR code must fit a terminal
constexpr std::size_t kLongestDeviceName = 80;
constexpr std::size_t kMostPins = 4;
constexpr std::size_t kMostPending = 100'000;
constexpr auto kLongestOnItsWay = std::chrono::days{7};

std::string read_text(base::ByteReader& in, std::size_t most = kLongestField) {
  const std::string_view text = in.text();
  if (text.size() > most || !base::is_utf8(text)) {
    in.fail();
    return {};
  }
  return std::string{text};
}

// Cut between two characters.
std::string_view shortened(std::string_view text) {
  if (text.size() <= kLongestGreeting) return text;
  std::size_t end = kLongestGreeting;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

base::Instant read_instant(base::ByteReader& in) {
  return base::Instant{base::Milliseconds{in.i64()}};
}

void write_instant(base::ByteWriter& out, base::Instant instant) {
  out.i64(instant.time_since_epoch().count());
}

// The key only signs, once, so it has no sealing half.
seal::PublicIdentity subject_of(const seal::SigningKey& key) { return {key.verify_key(), {}}; }

// The text names the organisation, so that an enrolment cannot be used at another one.
base::Bytes signed_by_invitation(const seal::VerifyKey& organisation, const PersonId& person,
                                 const seal::PublicIdentity& device, std::string_view name) {
  base::ByteWriter out;
  out.raw(organisation.bytes);
  out.text(person.str());
  seal::write(out, device);
  out.text(name);
  return out.take();
}

}  // namespace

Invitation invite(const Inviter& inviter, const PersonId& person, base::Instant now,
                  std::chrono::minutes life, base::Random& random) {
  seal::SecretBytes<32> seed;
  random.fill(seed.fill());
  std::array<std::uint8_t, 8> serial_bytes{};
  random.fill(serial_bytes);
  const std::uint64_t serial = base::ByteReader{serial_bytes}.u64();
  const seal::SigningKey key = seal::SigningKey::from_seed(seed);
  seal::Certificate certificate =
      seal::issue_certificate(inviter.organisation_key, seal::Role::invitation, subject_of(key), "",
                              serial, now, now + life);
  return {
      inviter.organisation, inviter.enrolment, inviter.relay_url,     inviter.relay_pins, person,
      Greeting{},           std::move(seed),   std::move(certificate)};
}

std::string to_code(const Invitation& invitation) {
  const bool greets = invitation.greeting != Greeting{};
  base::ByteWriter out;
  out.u8(greets ? kGreetingVersion : kEnrolmentVersion);
  seal::write(out, invitation.organisation);
  seal::write(out, invitation.enrolment);
  out.text(invitation.relay_url);
  out.varint(invitation.relay_pins.size());
  for (const std::string& pin : invitation.relay_pins) out.text(pin);
  out.text(invitation.person.str());
  if (greets) {
    out.text(shortened(invitation.greeting.organisation));
    out.text(shortened(invitation.greeting.person));
    out.text(shortened(invitation.greeting.language));
  }
  out.raw(invitation.seed.view());
  // The other fields of the certificate follow from those above, which keeps the QR code small.
  out.u64(invitation.certificate.serial);
  write_instant(out, invitation.certificate.issued);
  write_instant(out, invitation.certificate.expires);
  out.raw(invitation.certificate.signature.bytes);
  return std::string{kCodePrefix} + base::to_base64url(out.bytes());
}

std::optional<std::string> to_link(const Invitation& invitation) {
  const std::string_view url = invitation.relay_url;
  const bool is_own_machine =
      url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:");
  if (!url.starts_with("https://") && !is_own_machine) return std::nullopt;
  return std::string{url} + (url.ends_with('/') ? "#" : "/#") + to_code(invitation);
}

std::optional<Invitation> invitation_from_code(std::string_view code) {
  std::string text{code};
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  const std::size_t hash = text.find('#');
  if (hash != std::string::npos) text.erase(0, hash + 1);
  // Some programs encode the colon when they pass a link on.
  constexpr std::string_view kColon = "%3A";
  if (const std::size_t at = text.find(kColon); at == kCodePrefix.size() - 1)
    text.replace(at, kColon.size(), ":");
  if (!text.starts_with(kCodePrefix)) return std::nullopt;
  auto bytes = base::from_base64url(std::string_view{text}.substr(kCodePrefix.size()));
  if (!bytes) return std::nullopt;

  base::ByteReader in{*bytes};
  const std::uint8_t version = in.u8();
  Invitation invitation;
  invitation.organisation = seal::read_public_identity(in);
  invitation.enrolment = seal::read_public_identity(in);
  invitation.relay_url = read_text(in);
  const std::uint64_t pins = in.varint();
  if (pins > kMostPins) return std::nullopt;
  for (std::uint64_t i = 0; i < pins; ++i) invitation.relay_pins.push_back(read_text(in));
  invitation.person = PersonId{read_text(in)};
  if (version == kGreetingVersion)
    invitation.greeting = {read_text(in), read_text(in), read_text(in)};
  const base::ByteView seed = in.raw(32);
  std::copy(seed.begin(), seed.end(), invitation.seed.fill().begin());
  seal::Certificate& certificate = invitation.certificate;
  certificate.serial = in.u64();
  certificate.issued = read_instant(in);
  certificate.expires = read_instant(in);
  certificate.signature.bytes = in.array<64>();
  const bool is_known = version == kEnrolmentVersion || version == kGreetingVersion;
  const bool is_whole = in.done() && is_known;
  seal::wipe(*bytes);
  if (!is_whole || invitation.person.empty()) return std::nullopt;

  certificate.role = seal::Role::invitation;
  certificate.subject = subject_of(invitation.key());
  certificate.issuer = invitation.organisation.verify;
  if (!seal::is_valid(certificate, invitation.organisation.verify, certificate.issued))
    return std::nullopt;
  return invitation;
}

PendingInvitation pending_of(const Invitation& invitation) {
  return {invitation.key().verify_key(), invitation.person, invitation.expires(), false};
}

base::Bytes encode(std::span<const PendingInvitation> pending) {
  base::ByteWriter out;
  out.u8(kEnrolmentVersion);
  out.varint(pending.size());
  for (const PendingInvitation& one : pending) {
    out.raw(one.key.bytes);
    out.text(one.person.str());
    write_instant(out, one.expires);
    out.u8(one.is_used ? 1 : 0);
  }
  return out.take();
}

std::optional<std::vector<PendingInvitation>> decode_pending(base::ByteView bytes) {
  base::ByteReader in{bytes};
  const std::uint8_t version = in.u8();
  const std::uint64_t count = in.varint();
  if (version != kEnrolmentVersion || count > kMostPending) return std::nullopt;
  std::vector<PendingInvitation> pending;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    PendingInvitation one;
    one.key.bytes = in.array<32>();
    one.person = PersonId{read_text(in)};
    one.expires = read_instant(in);
    const std::uint8_t used = in.u8();
    if (used > 1) return std::nullopt;
    one.is_used = used == 1;
    pending.push_back(std::move(one));
  }
  if (!in.done()) return std::nullopt;
  return pending;
}

base::Bytes enrolment_payload(const Invitation& invitation, const seal::PublicIdentity& device,
                              std::string_view name) {
  const seal::SigningKey key = invitation.key();
  base::ByteWriter out;
  out.u8(kEnrolmentVersion);
  out.raw(key.verify_key().bytes);
  out.text(invitation.person.str());
  seal::write(out, device);
  out.text(name);
  out.raw(key.sign(seal::Domain::invitation, signed_by_invitation(invitation.organisation.verify,
                                                                  invitation.person, device, name))
              .bytes);
  return out.take();
}

std::string_view to_text(EnrolmentRejection rejection) noexcept {
  switch (rejection) {
    case EnrolmentRejection::malformed:
      return "malformed";
    case EnrolmentRejection::unknown_invitation:
      return "unknown invitation";
    case EnrolmentRejection::used:
      return "invitation used before";
    case EnrolmentRejection::expired:
      return "invitation expired";
    case EnrolmentRejection::wrong_person:
      return "invitation of somebody else";
    case EnrolmentRejection::bad_signature:
      break;
  }
  return "wrong signature";
}

std::variant<Enrolled, RejectedEnrolment> check_enrolment(const seal::Opened& opened,
                                                          const seal::VerifyKey& organisation,
                                                          std::span<PendingInvitation> pending,
                                                          base::Instant now) {
  const auto rejected = [](EnrolmentRejection why) { return RejectedEnrolment{why, {}}; };
  if (opened.header.kind != seal::Kind::enrolment) return rejected(EnrolmentRejection::malformed);
  base::ByteReader in{opened.payload};
  const std::uint8_t version = in.u8();
  const seal::VerifyKey key{in.array<32>()};
  Enrolled enrolled;
  enrolled.person = PersonId{read_text(in)};
  enrolled.device = seal::read_public_identity(in);
  enrolled.name = read_text(in, kLongestDeviceName);
  const seal::Signature signature{in.array<64>()};
  if (!in.done() || version != kEnrolmentVersion || !seal::can_seal_to(enrolled.device.seal))
    return rejected(EnrolmentRejection::malformed);

  const auto found = std::find_if(pending.begin(), pending.end(),
                                  [&](const PendingInvitation& one) { return one.key == key; });
  if (found == pending.end()) return rejected(EnrolmentRejection::unknown_invitation);
  if (found->person != enrolled.person) return rejected(EnrolmentRejection::wrong_person);
  if (opened.signer != enrolled.device.verify ||
      !seal::verify(
          key, seal::Domain::invitation,
          signed_by_invitation(organisation, enrolled.person, enrolled.device, enrolled.name),
          signature))
    return rejected(EnrolmentRejection::bad_signature);
  if (found->is_used) return RejectedEnrolment{EnrolmentRejection::used, enrolled.device};
  if (opened.header.created > found->expires || now > found->expires + kLongestOnItsWay)
    return rejected(EnrolmentRejection::expired);
  found->is_used = true;
  enrolled.name = base::printable(enrolled.name);
  return enrolled;
}

}  // namespace tocsin::roster
