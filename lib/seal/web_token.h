// A JSON web token (RFC 7515 and 7518): how a program names itself to a provider, and a provider to
// it, by a secret that they share (HS256), or by a key whose public half the provider has (RS256).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "seal/rsa_key.h"

namespace tocsin::seal {

// `claims` is a JSON object.
std::string web_token(std::string_view claims, base::ByteView secret);
std::string web_token(std::string_view claims, const RsaKey& key);
// The claims of a token that was signed with the secret, whatever it says of its algorithm. What
// they claim, and until when, is the caller's to judge.
std::optional<base::Bytes> claims_of_web_token(std::string_view token, base::ByteView secret);

}  // namespace tocsin::seal
