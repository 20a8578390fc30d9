// An organisation as a relay knows it, and its text, which an operator copies (tocsin-relay(1)).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "seal/key.h"

namespace tocsin::wire {

// The key that certifies, and the mailbox for enrolments.
struct Organisation {
  seal::VerifyKey verify;
  seal::KeyId enrolment;  // its mailbox
};
std::string to_text(const Organisation& organisation);  // 64 characters of base64url
std::optional<Organisation> organisation_from_text(std::string_view text);

}  // namespace tocsin::wire
