// How providers of messages authenticate what they send to us: hashes under a secret that we share
// with them. SHA-1 is one provider's choice, and only under HMAC.
#pragma once

#include <array>
#include <string_view>

#include "base/bytes.h"

namespace tocsin::seal {

std::array<std::uint8_t, 32> sha256(base::ByteView bytes);
std::array<std::uint8_t, 32> hmac_sha256(base::ByteView secret, base::ByteView text);
std::array<std::uint8_t, 20> hmac_sha1(base::ByteView secret, base::ByteView text);

// Takes the same time wherever two texts of one length differ.
bool is_same(std::string_view a, std::string_view b) noexcept;

}  // namespace tocsin::seal
