// How a key proves to a relay who asks: a signature over the request as it is sent, and a
// certificate (tocsin-relay(5)). Decoders trust nothing and return nullopt for malformed bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/instant.h"
#include "seal/certificate.h"
#include "seal/key.h"

namespace tocsin::wire {

inline constexpr base::Milliseconds kProofWindow = std::chrono::minutes{5};

inline constexpr std::string_view kProofHeader = "Tocsin-Proof";
inline constexpr std::string_view kCertificateHeader = "Tocsin-Certificate";

// What a proof signs: the request as it is sent.
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
// Checks the signature only. The relay checks the time.
bool is_proven(const Proof& proof, const Asked& asked);

std::string to_header(const seal::Certificate& certificate);

}  // namespace tocsin::wire
