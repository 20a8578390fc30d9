// An envelope from anybody. With a first byte of 0 the other bytes are a whole envelope. Otherwise
// they are the inside of an envelope that was sealed correctly, so that only the signature check
// can refuse them.
#include "seal/envelope.h"

#include "base/fault.h"

namespace {

using namespace tocsin;

constexpr std::size_t kClearBytes = 39;
constexpr std::size_t kOutsideBytes = kClearBytes + 16;
const base::Instant kNow{std::chrono::seconds{1'763'850'000}};

base::Bytes sealed(base::ByteView inside, const seal::SealingKey& recipient) {
  std::size_t size = 1024;
  while (size < 16384 && size < inside.size() + kOutsideBytes) size *= 2;
  base::Bytes padded{inside.begin(), inside.end()};
  padded.resize(size - kOutsideBytes);
  base::SeededRandom random{2};
  auto sender = seal::hpke::setup_sender(
      recipient, {base::bytes_of("tocsin/v1/envelope"), seal::preferred_aead()}, random);
  base::ByteWriter clear;
  clear.raw(base::bytes_of("TOCE"));
  clear.u8(1);
  clear.u16(static_cast<std::uint16_t>(sender.aead));
  clear.raw(sender.enc);
  base::Bytes envelope = clear.take();
  const base::Bytes aad = envelope;
  sender.context.seal_onto(envelope, aad, padded);
  return envelope;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static base::SeededRandom random{1};
  static const seal::OpeningKey recipient = seal::OpeningKey::generate(random);
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  const auto result =
      bytes[0] == 0 ? seal::open_envelope(rest, recipient, kNow)
                    : seal::open_envelope(sealed(rest, recipient.sealing_key()), recipient, kNow);
  // Nobody has signed anything for this recipient.
  TOCSIN_ASSERT(!std::holds_alternative<seal::Opened>(result));
  return 0;
}
