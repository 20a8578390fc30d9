// What an address must look like on each channel. Only the form is checked, not whether anybody can
// be reached there. Faults never repeat the address.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "contact/channel.h"

namespace tocsin::contact {

struct Address {
  std::string text;         // as the channel wants it: E.164, or lower-case for email
  std::string warning;      // empty when there is nothing to say
  bool takes_texts = true;  // false for a telephone number that is known to be no mobile
};

struct AddressFault {
  std::string message;
  std::string hint;
};

// `country` is the calling code for national telephone numbers.
std::variant<Address, AddressFault> parse_address(Form form, std::string_view text,
                                                  std::string_view country = "44");

}  // namespace tocsin::contact
