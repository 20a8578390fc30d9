// What a provider posted to a hook of a relay, sealed to the hook's key before it rests there
// (tocsin-relay(5), HOOKS). Whoever holds the key opens it; that it came from the provider is the
// relay's word, which a mailbox's reader has from the item's kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/random.h"
#include "seal/envelope.h"
#include "seal/key.h"

namespace tocsin::wire {

inline constexpr std::size_t kMostHookName = 32;
// 1 to kMostHookName of a-z, 0-9 and "-", beginning with a letter.
bool is_hook_name(std::string_view text) noexcept;

struct Hooked {
  std::string hook;   // its name
  base::Instant at;   // by the relay's clock
  std::string query;  // of the request, without the question mark
  base::Bytes body;   // as it was posted: hostile until decoded
};

base::Bytes seal(const Hooked& hooked, const seal::SealingKey& to, base::Random& random);
// nullopt for what was sealed to another key, or changed, or is of another version.
std::optional<Hooked> open_hooked(base::ByteView sealed, const seal::OpeningKey& key);

// The same for each copy of a post: its hash.
seal::MessageId hooked_id(const Hooked& hooked);

// A hook's public key as an operator copies it: 86 characters of base64url.
std::string to_text(const seal::PublicIdentity& key);
std::optional<seal::PublicIdentity> public_identity_from_text(std::string_view text);

}  // namespace tocsin::wire
