// The bytes that writers, readers and a relay exchange: tocsin-relay(5). Encoders trust their
// caller; decoders trust nothing and answer nullopt. Knows no HTTP and no policy.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "seal/certificate.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::channel::wire {

inline constexpr std::size_t kMostMessages = 512;
inline constexpr std::size_t kMostItems = 256;
inline constexpr std::size_t kMostEnvelopeBytes = 20'480;
inline constexpr std::size_t kMostBodyBytes = 4U << 20;
inline constexpr std::size_t kMostPageBytes = 1U << 20;  // of envelopes, beyond the first
inline constexpr int kLongestWaitSeconds = 60;
inline constexpr base::Milliseconds kProofWindow = std::chrono::minutes{5};

inline constexpr std::string_view kProofHeader = "Tocsin-Proof";
inline constexpr std::string_view kCertificateHeader = "Tocsin-Certificate";

// What a proof is about: the request as it stands on the wire.
struct Asked {
  std::string_view method;
  std::string_view host;    // the Host header, lower case
  std::string_view target;  // path and query
  base::ByteView body;
};

struct Proof {
  seal::PublicIdentity identity;
  base::Instant time;
  seal::Signature signature;
};
std::string prove(const seal::SigningKey& key, const seal::PublicIdentity& identity,
                  base::Instant now, const Asked& asked);  // the header's value
std::optional<Proof> decode_proof(std::string_view header);
// The signature only; whether the time will do is for the relay to say.
bool is_proven(const Proof& proof, const Asked& asked);

std::string to_header(const seal::Certificate& certificate);

struct Message {
  seal::KeyId mailbox;
  seal::MessageId id;
  base::Instant expires;
  base::ByteView envelope;  // a view: into the body it was decoded from, or of the writer's bytes
};
struct Post {
  // A coordinator's: devices may answer to this mailbox, and receipts go there.
  std::optional<seal::KeyId> answers;
  std::vector<Message> messages;
};
base::Bytes encode(const Post& post);
std::optional<Post> decode_post(base::ByteView body);

enum class Outcome : std::uint8_t {
  stored = 1,
  already = 2,
  not_allowed = 3,
  expired = 4,
  full = 5,
  too_fast = 6,
};
base::Bytes encode_outcomes(std::span<const Outcome> outcomes);
std::optional<std::vector<Outcome>> decode_outcomes(base::ByteView body);

enum class ItemKind : std::uint8_t { message = 1, receipt = 2 };
struct Item {
  std::uint64_t cursor = 0;
  ItemKind kind = ItemKind::message;
  seal::MessageId id;
  base::Instant expires;
  base::Bytes envelope;  // empty for a receipt
};
base::Bytes encode_items(std::span<const Item> items);
std::optional<std::vector<Item>> decode_items(base::ByteView body);

base::Bytes encode_cursor(std::uint64_t cursor);
std::optional<std::uint64_t> decode_cursor(base::ByteView body);

// An organisation as a relay knows it: whose certificates count, and where enrolments go.
struct Organisation {
  seal::VerifyKey verify;
  seal::KeyId enrolment;  // its mailbox
};
std::string to_text(const Organisation& organisation);  // 64 characters of base64url
std::optional<Organisation> organisation_from_text(std::string_view text);

}  // namespace tocsin::channel::wire
