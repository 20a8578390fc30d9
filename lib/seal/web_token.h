// A JSON web token signed with HMAC-SHA256 (RFC 7515 and 7518, HS256): how a program names itself
// to a provider with which it shares a secret, and a provider to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tocsin::seal {

// `claims` is a JSON object.
std::string web_token(std::string_view claims, base::ByteView secret);
// The claims of a token that was signed with the secret, whatever it says of its algorithm. What
// they claim, and until when, is the caller's to judge.
std::optional<base::Bytes> claims_of_web_token(std::string_view token, base::ByteView secret);

}  // namespace tocsin::seal
