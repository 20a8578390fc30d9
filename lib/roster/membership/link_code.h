// A code that works once, with which a person's own message proves that an account at a messenger
// is theirs (tocsin-staff(1), LINKING AN ACCOUNT). This makes, reads and checks codes; it sends and
// stores nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/random.h"
#include "roster/people/roster.h"
#include "seal/at_rest.h"

namespace tocsin::roster {

// "LINK-7KQ2-M4XZ-9TRD-PB5W": 80 bits, in letters and digits that nobody confuses. Secret until it
// is used: whoever sends it first links their account.
std::string make_link_code(base::Random& random);
// What somebody wrote, as a code: also in small letters, without hyphens, with the "/start" that
// Telegram puts in front. nullopt when it is none. Any bytes of any length.
std::optional<std::string> link_code_in(std::string_view words);

// What the organisation keeps of a code.
struct PendingLink {
  seal::Hash hash{};
  PersonId person;
  ChannelId channel;
  base::Instant expires;
  std::optional<base::Instant> used{};
  friend bool operator==(const PendingLink&, const PendingLink&) = default;
};
PendingLink pending_link(std::string_view code, const PersonId& person, const ChannelId& channel,
                         base::Instant expires);
// Looks through all of them in the same time, whichever it is.
std::optional<std::size_t> find_link(std::span<const PendingLink> pending, std::string_view code);

base::Bytes encode(std::span<const PendingLink> pending);
// nullopt for bytes that `encode` does not write.
std::optional<std::vector<PendingLink>> decode_links(base::ByteView bytes);

}  // namespace tocsin::roster
