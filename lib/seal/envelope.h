// One message sealed to one recipient: HPKE outside, an Ed25519 signature inside
// (tocsin-envelope(5)). A relay sees only the recipient and the size, which is padded to a few
// fixed sizes, so that a "yes" and a "no" look the same. Opening an envelope proves who signed it;
// the caller decides what that signer may do.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/random.h"
#include "seal/hpke.h"
#include "seal/key.h"

namespace tocsin::seal {

// 16 random bytes: the id of a message or an incident, the same in all places.
struct MessageId {
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const MessageId&, const MessageId&) = default;
};
MessageId random_message_id(base::Random& random);
std::string to_text(const MessageId& id);  // 22 characters of base64url
std::optional<MessageId> message_id_from_text(std::string_view text);

enum class Kind : std::uint8_t {
  request = 1,     // coordinator → device: come in
  decision = 2,    // coordinator → device: assigned, reserve, stood down, acknowledgement
  update = 3,      // coordinator → device: tell
  reply = 4,       // device → incident: coming, later, last resort, no, arrived, leaving, offer
  enrolment = 5,   // new device → organisation
  acceptance = 6,  // organisation → new device
};

enum class Realness : std::uint8_t { real = 1, exercise = 2 };

struct Header {
  Kind kind = Kind::request;
  Realness realness = Realness::exercise;
  MessageId id;        // also the transport's idempotency key
  MessageId incident;  // zero for enrolment
  base::Instant created;
  base::Instant expires;
  friend bool operator==(const Header&, const Header&) = default;
};

struct Opened {
  Header header;
  VerifyKey signer;
  base::Bytes payload;
};

enum class Rejection : std::uint8_t {
  malformed,      // not an envelope of this version, a cipher that this processor does not have,
                  // a wrong length or wrong padding
  not_for_us,     // does not open with this key: sealed to somebody else, or changed on the way
  bad_signature,  // opens, but the signature inside is wrong
  expired,        // `now` is past its expiry
};
std::string_view to_text(Rejection rejection) noexcept;

// The two X25519 operations of sealing, done before the message is known (during standby). It stays
// in memory only, and seals one envelope.
class Prepared {
 public:
  Prepared(const SealingKey& recipient, base::Random& random);

 private:
  friend base::Bytes seal_envelope(Prepared&&, const Header&, base::ByteView, const SigningKey&);
  SealingKey recipient_;
  std::unique_ptr<hpke::SenderContext> sender_;  // null after use, so that no nonce is used twice
};

// An envelope is 1024, 2048, 4096, 8192 or 16384 bytes long. A payload of up to kOneStepPayload
// bytes fits the first size; messages that must look alike on the way, above all replies, stay
// within it. A payload over kMostPayload bytes, or a time outside 1970 to 9999, is a bug of the
// caller.
constexpr std::size_t kMostPayload = 16000;
constexpr std::size_t kOneStepPayload = 821;
base::Bytes seal_envelope(Prepared&& prepared, const Header& header, base::ByteView payload,
                          const SigningKey& signer);

// Anybody can send an envelope: every byte is hostile until the signature has been verified.
// One created after `now` is opened, because a clock that is wrong must not lose a message.
std::variant<Opened, Rejection> open_envelope(base::ByteView envelope, const OpeningKey& recipient,
                                              base::Instant now);
// The same, and expired or not: for a reader who counts each message once.
std::variant<Opened, Rejection> open_envelope_of_any_time(base::ByteView envelope,
                                                          const OpeningKey& recipient);

}  // namespace tocsin::seal
