// A door of the relay for one provider: how its posts are authenticated, and to which key they are
// sealed before they rest (tocsin-relay(5), HOOKS).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "seal/key.h"
#include "seal/secret_file.h"

namespace tocsin::relay {

enum class Provider : std::uint8_t { twilio, threema, whatsapp, viber, vonage, notify };
inline constexpr std::array<std::string_view, 6> kProviders{"twilio", "threema", "whatsapp",
                                                            "viber",  "vonage",  "notify"};

struct Hook {
  std::string name;
  Provider provider = Provider::twilio;
  seal::SecretText secret;
  std::optional<seal::SecretText> challenge;  // WhatsApp's verify token
  seal::PublicIdentity key;                   // its mailbox is named by the key's id
  std::string url;  // of the hook as its provider calls it: Twilio signs it, and calls need it
};

// A request to a hook, as it came. Hostile until it is authenticated.
struct Posted {
  std::string_view query;
  std::string_view content_type;
  std::string_view authorization;
  std::string_view signature;  // the provider's own header
  base::ByteView body;
};

}  // namespace tocsin::relay
