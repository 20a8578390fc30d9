// What an organisation said about words of its rota systems: "LD" is on duty, "OC2" on call. Kept
// in the home beside the rota, and read before the words that every rota system writes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/instant.h"
#include "roster/people/roster.h"
#include "roster/rota/rota.h"

namespace tocsin::roster {

struct Meaning {
  std::string written;    // as it was first said: "Zero hour"
  Duty duty = Duty::off;  // off: nothing is planned there, and its stints are left out
  RoleId role;            // empty: what else the text says, or their own
  // The times of day where the file has none. An end that is not after the beginning is on the next
  // day. Both are there or none is.
  std::optional<base::Minutes> from;
  std::optional<base::Minutes> until;
  friend bool operator==(const Meaning&, const Meaning&) = default;
};

// By canonical word; "" is an empty text.
using Meanings = std::map<std::string, Meaning, std::less<>>;

base::Bytes encode(const Meanings& meanings);
std::optional<Meanings> decode_meanings(base::ByteView bytes);

}  // namespace tocsin::roster
