// Whether a post to a hook came from its provider, by the scheme of each (tocsin-relay(5), HOOKS).
// Pure. It reads the raw body and compares in constant time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.h"
#include "relay/hook/hook.h"

namespace tocsin::relay {

enum class Authentic : std::uint8_t {
  yes,
  no,         // no signature, or a wrong one
  malformed,  // not in the form of this provider, so that nothing could be checked
};
Authentic authentic(const Hook& hook, const Posted& posted, base::Instant now);

// WhatsApp asks once, when a hook is registered: the text to say in return. nullopt when it was
// not WhatsApp who asked.
std::optional<std::string> answer_to_challenge(const Hook& hook, std::string_view query);

}  // namespace tocsin::relay
