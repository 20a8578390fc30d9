// The words by which rota systems and their users say a duty (tocsin-roster(5), DUTIES): data only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tocsin::roster {

// What a phrase says of the duty. A weak one counts only among words that are known: "Night nurse"
// is on duty, "Night out" is nothing.
enum class Sense : std::uint8_t {
  absent,
  weakly_absent,
  on_call,
  on_duty,
  weakly_on_duty,
  by_day,  // weakly on duty, and no contradiction to an absence: "Annual leave, 2 days"
  aside,   // when, not what: "weekend"
  name,    // part of a ward or a role: "Day surgery"
  cover,   // somebody stands in, so that "leave cover" is not leave
  doubt,   // turns a duty into something else: "not", "cancelled"
};

struct Phrases {
  Sense sense;
  std::string_view words;  // as duty_key writes them, with spaces between the phrases
};
std::span<const Phrases> duty_phrases();

// What is about a duty and is none, with spaces between them: "On call meeting". A word that the
// roster has in a role or a ward is not meant.
std::string_view matter_words();

// Trades and places of every hospital, with spaces between them. They say no duty.
std::string_view trade_words();

}  // namespace tocsin::roster
