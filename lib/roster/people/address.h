// What an address must look like on each channel that a roster may name. Checks the form, not
// whether anybody answers there. Faults never repeat the address.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "roster/people/roster.h"

namespace tocsin::roster {

struct Address {
  std::string text;     // as the channel wants it: E.164, or lower-case for email
  std::string warning;  // empty when there is nothing to say
};

struct AddressFault {
  std::string message;
  std::string hint;
};

// The channels that a field of the roster file serves: "mobile" serves sms and phone. Empty for a
// field that holds no address.
std::vector<ChannelId> channels_of(std::string_view field);

// `country` is the calling code for national telephone numbers.
std::variant<Address, AddressFault> parse_address(const ChannelId& channel, std::string_view text,
                                                  std::string_view country = "44");

// "en", "cy", "en-gb": a language with at most three subtags, lower case (BCP 47).
bool is_language(std::string_view tag) noexcept;

}  // namespace tocsin::roster
