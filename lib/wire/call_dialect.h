// The two languages in which providers of calls are spoken with: what they post is read, and what a
// call says next is written. What that is stands in call_script.h. All that is read is hostile.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tocsin::wire {

enum class CallDialect : std::uint8_t {
  twiml,  // Twilio's: forms, and XML
  ncco,   // Vonage's: JSON
};

enum class CallEnd : std::uint8_t { hung_up, busy, unanswered, not_put_through };

// One post about a call.
struct CallNews {
  std::string call;        // the provider's id of it; empty when there is none
  std::string called;      // the number, "+447700900123"; empty when it is none
  std::string caller;      // as above
  std::string keys;        // that were pressed; at most kMostKeys
  bool is_silent = false;  // keys were asked for, and nobody pressed one in time
  bool is_machine = false;
  std::optional<CallEnd> end;
};
inline constexpr std::size_t kMostKeys = 20;
// nullopt when it is none.
std::optional<CallNews> read_call_news(CallDialect dialect, base::ByteView body);

// What is said, and what happens then: keys are asked for, or somebody is put through, or the call
// ends.
struct CallTurn {
  std::string words;      // may be anything: it is said, and nothing else
  std::string keys_to{};  // the address that gets the keys; empty: none are asked for
  int most_keys = 1;
  std::string through_to{};  // a number, "+442079460000"; empty: nobody is put through
  std::string caller{};      // whom that telephone shows; empty: the provider chooses
};
// Before a call ends because nobody pressed a key.
inline constexpr std::string_view kGoodbye = "Goodbye.";
std::string write_turn(CallDialect dialect, const CallTurn& turn);

// A number as it stands above: "+" and 4 to 15 digits.
bool is_number(std::string_view text) noexcept;

}  // namespace tocsin::wire
