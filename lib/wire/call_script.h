// What a telephone that rings by itself says, and what the keys mean that somebody presses
// (tocsin-channel(5), VOICE), whoever the provider is. The channel makes the first words, the
// relay's hook all that follow: what they need stands in the address that the provider calls back,
// and names nobody. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "seal/envelope.h"
#include "wire/call_dialect.h"

namespace tocsin::wire {

struct CallScript {
  std::string hook;  // its address
  seal::MessageId message;
  bool asks = false;        // for an answer; otherwise only whether it was heard
  std::string switchboard;  // a number to be put through to; empty: none
};

// What a call begins with. `words` may be anything.
CallTurn first_turn(const CallScript& call, std::string_view words);
// What is said after keys were pressed. nullopt when the query is none of a call's.
std::optional<CallTurn> next_turn(std::string_view hook, std::string_view query,
                                  const CallNews& news);

struct Pressed {
  seal::MessageId message;
  std::string words;  // as somebody would write them; empty when it was no answer
};
// What the keys of one post mean. nullopt when there were none, or when it is of no call.
std::optional<Pressed> pressed(std::string_view query, const CallNews& news);

}  // namespace tocsin::wire
