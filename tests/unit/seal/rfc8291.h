// The example of Web Push in RFC 8291, section 5 and appendix A.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/bytes.h"
#include "seal/p256.h"
#include "seal/push_message.h"

namespace tocsin::seal::rfc8291 {

inline base::Bytes coded(std::string_view text) { return base::from_base64url(text).value(); }

template <std::size_t Size>
std::array<std::uint8_t, Size> fixed(std::string_view text) {
  const base::Bytes bytes = coded(text);
  EXPECT_EQ(bytes.size(), Size);
  std::array<std::uint8_t, Size> out{};
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

inline P256Key key_of(std::string_view secret) {
  return P256Key::from_secret(SecretBytes<32>{fixed<32>(secret)}).value();
}

inline constexpr std::string_view kText = "When I grow up, I want to be a watermelon";
inline constexpr std::string_view kSender = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
inline constexpr std::string_view kSenderPoint =
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
inline constexpr std::string_view kReceiver = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
inline constexpr std::string_view kReceiverPoint =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
inline constexpr std::string_view kSecret = "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs";  // ECDH
inline constexpr std::string_view kAuth = "BTBZMqHH6r4Tts7J_aSIgg";
inline constexpr std::string_view kSalt = "DGv6ra1nlYgDCS1FRnbzlw";
inline constexpr std::string_view kBody =
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6T"
    "lzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4"
    "a-fN";

inline PushKeys receiver() { return {fixed<65>(kReceiverPoint), fixed<16>(kAuth)}; }

}  // namespace tocsin::seal::rfc8291
