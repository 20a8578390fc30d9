#include "seal/envelope.h"

#include <algorithm>

#include "base/fault.h"
#include "seal/lifetime.h"
#include "seal/sodium.h"

namespace tocsin::seal {

namespace {

using base::Bytes;
using base::ByteView;

// The layout is specified in tocsin-envelope(5); the names follow it.
constexpr std::string_view kEnvelopeMagic = "TOCE";
constexpr std::uint8_t kEnvelopeVersion = 1;
constexpr std::string_view kInfo = "tocsin/v1/envelope";
constexpr std::size_t kClearBytes = 4 + 1 + 2 + 32;
constexpr std::size_t kHeaderBytes = 1 + 1 + 16 + 16 + 8 + 8;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kFixedInnerBytes = kHeaderBytes + 32 + 2 + kSignatureBytes;
constexpr std::size_t kLeastEnvelope = 1024;
constexpr std::size_t kMostEnvelope = 16384;
static_assert(kOneStepPayload == kLeastEnvelope - kClearBytes - kTagBytes - kFixedInnerBytes);
static_assert(kMostPayload <= kMostEnvelope - kClearBytes - kTagBytes - kFixedInnerBytes);

std::size_t envelope_bytes_for(std::size_t payload_bytes) {
  std::size_t step = kLeastEnvelope;
  while (step < kClearBytes + kFixedInnerBytes + payload_bytes + kTagBytes) step *= 2;
  return step;
}

bool is_step(std::size_t size) {
  return size >= kLeastEnvelope && size <= kMostEnvelope && (size & (size - 1)) == 0;
}

Bytes clear_part(Aead aead, const hpke::EncapsulatedKey& enc) {
  base::ByteWriter out;
  out.raw(base::bytes_of(kEnvelopeMagic));
  out.u8(kEnvelopeVersion);
  out.u16(static_cast<std::uint16_t>(aead));
  out.raw(enc);
  return out.take();
}

void write_header(base::ByteWriter& out, const Header& header) {
  out.u8(static_cast<std::uint8_t>(header.kind));
  out.u8(static_cast<std::uint8_t>(header.realness));
  out.raw(header.id.bytes);
  out.raw(header.incident.bytes);
  out.i64(header.created.time_since_epoch().count());
  out.i64(header.expires.time_since_epoch().count());
}

std::optional<Header> read_header(base::ByteReader& in) {
  Header header;
  const std::uint8_t kind = in.u8();
  const std::uint8_t realness = in.u8();
  header.id.bytes = in.array<16>();
  header.incident.bytes = in.array<16>();
  header.created = base::Instant{base::Milliseconds{in.i64()}};
  header.expires = base::Instant{base::Milliseconds{in.i64()}};
  const bool known = kind >= static_cast<std::uint8_t>(Kind::request) &&
                     kind <= static_cast<std::uint8_t>(Kind::acceptance) &&
                     (realness == static_cast<std::uint8_t>(Realness::real) ||
                      realness == static_cast<std::uint8_t>(Realness::exercise));
  if (!in.ok() || !known || !is_sane(header.created) || !is_sane(header.expires))
    return std::nullopt;
  header.kind = static_cast<Kind>(kind);
  header.realness = static_cast<Realness>(realness);
  return header;
}

const hpke::Purpose& purpose_for(Aead aead) {
  static const hpke::Purpose aes{base::bytes_of(kInfo), Aead::aes_256_gcm};
  static const hpke::Purpose chacha{base::bytes_of(kInfo), Aead::chacha20_poly1305};
  return aead == Aead::aes_256_gcm ? aes : chacha;
}

// The text that is signed. It contains the encapsulated key (in the clear part) and the recipient's
// key. So a recipient cannot put the signature into a new envelope, to itself or to anybody else.
Bytes signed_text(ByteView clear, const SealingKey& recipient, ByteView header_to_payload) {
  Bytes text;
  text.reserve(clear.size() + recipient.bytes.size() + header_to_payload.size());
  text.insert(text.end(), clear.begin(), clear.end());
  text.insert(text.end(), recipient.bytes.begin(), recipient.bytes.end());
  text.insert(text.end(), header_to_payload.begin(), header_to_payload.end());
  return text;
}

}  // namespace

MessageId random_message_id(base::Random& random) {
  MessageId id;
  random.fill(id.bytes);
  return id;
}

std::string to_text(const MessageId& id) { return base::to_base64url(id.bytes); }

std::optional<MessageId> message_id_from_text(std::string_view text) {
  const auto bytes = base::from_base64url(text);
  MessageId id;
  if (!bytes || bytes->size() != id.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), id.bytes.begin());
  return id;
}

std::string_view to_text(Rejection rejection) noexcept {
  switch (rejection) {
    case Rejection::malformed:
      return "malformed";
    case Rejection::not_for_us:
      return "not for us";
    case Rejection::bad_signature:
      return "bad signature";
    case Rejection::expired:
      return "expired";
  }
  return "unknown";
}

Prepared::Prepared(const SealingKey& recipient, base::Random& random)
    : recipient_(recipient),
      sender_(std::make_unique<hpke::SenderContext>(
          hpke::setup_sender(recipient, purpose_for(preferred_aead()), random))) {}

Bytes seal_envelope(Prepared&& prepared, const Header& header, ByteView payload,
                    const SigningKey& signer) {
  TOCSIN_ASSERT(prepared.sender_ != nullptr);
  TOCSIN_ASSERT(payload.size() <= kMostPayload);
  TOCSIN_ASSERT(is_sane(header.created) && is_sane(header.expires));
  const std::unique_ptr<hpke::SenderContext> sender = std::move(prepared.sender_);

  const std::size_t size = envelope_bytes_for(payload.size());
  base::ByteWriter out;
  write_header(out, header);
  out.raw(signer.verify_key().bytes);
  out.u16(static_cast<std::uint16_t>(payload.size()));
  out.raw(payload);
  Bytes envelope = clear_part(sender->aead, sender->enc);
  const Signature signature =
      signer.sign(Domain::envelope, signed_text(envelope, prepared.recipient_, out.bytes()));
  out.raw(signature.bytes);
  Bytes inner = out.take();
  inner.resize(size - kClearBytes - kTagBytes);

  const Bytes clear = envelope;
  envelope.reserve(size);
  sender->context.seal_onto(envelope, clear, inner);
  wipe(inner);
  return envelope;
}

std::variant<Opened, Rejection> open_envelope_of_any_time(ByteView envelope,
                                                          const OpeningKey& recipient) {
  if (!is_step(envelope.size())) return Rejection::malformed;
  const ByteView clear = envelope.first(kClearBytes);
  base::ByteReader in{clear};
  const bool ours =
      base::text_of(in.raw(kEnvelopeMagic.size())) == kEnvelopeMagic && in.u8() == kEnvelopeVersion;
  const auto aead = usable_aead(in.u16());
  const hpke::EncapsulatedKey enc = in.array<32>();
  if (!ours || !aead) return Rejection::malformed;

  auto context = hpke::setup_recipient(enc, recipient, purpose_for(*aead));
  if (!context) return Rejection::not_for_us;
  const auto inner = context->open(clear, envelope.subspan(kClearBytes));
  if (!inner) return Rejection::not_for_us;

  base::ByteReader inside{*inner};
  const auto header = read_header(inside);
  if (!header) return Rejection::malformed;
  Opened opened{*header, {}, {}};
  opened.signer.bytes = inside.array<32>();
  const std::size_t payload_bytes = inside.u16();
  if (payload_bytes > kMostPayload || envelope_bytes_for(payload_bytes) != envelope.size())
    return Rejection::malformed;
  const ByteView payload = inside.raw(payload_bytes);
  Signature signature;
  signature.bytes = inside.array<64>();
  const ByteView padding = inside.raw(inside.left());
  if (!inside.done() || std::any_of(padding.begin(), padding.end(), [](auto b) { return b != 0; }))
    return Rejection::malformed;

  const ByteView header_to_payload = ByteView{*inner}.first(kHeaderBytes + 32 + 2 + payload_bytes);
  if (!verify(opened.signer, Domain::envelope,
              signed_text(clear, recipient.sealing_key(), header_to_payload), signature))
    return Rejection::bad_signature;
  opened.payload.assign(payload.begin(), payload.end());
  return opened;
}

std::variant<Opened, Rejection> open_envelope(ByteView envelope, const OpeningKey& recipient,
                                              base::Instant now) {
  auto result = open_envelope_of_any_time(envelope, recipient);
  const auto* opened = std::get_if<Opened>(&result);
  if (opened != nullptr && now >= opened->header.expires) return Rejection::expired;
  return result;
}

}  // namespace tocsin::seal
