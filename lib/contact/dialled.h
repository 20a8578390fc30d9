// The digits of one telephone number out of what a person or a spreadsheet wrote. What may be two
// numbers, a number with an extension or a quantity is refused and never joined to other digits.
// Does not know which numbers there are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace tocsin::contact {

struct Dialled {
  bool has_plus = false;
  std::string digits;  // 0 to 9, at least one
};

enum class TelephoneFault : std::uint8_t {
  not_a_number,  // letters or other marks in it
  quantity,      // 4.47701E+11, 7700900123.0: a spreadsheet made a quantity of it
  extension,     // a number and what is dialled once it answers
  two_numbers,   // "01632 960123/4", "… or …"
  too_short,
  too_long,
  not_national,  // no number of the country begins so, or has so many digits
  ambiguous,     // a national number, or another one behind the calling code
};

// Digits of any script, dashes and spaces of any kind, dots and brackets are read; so are "tel:"
// (RFC 3966) and the apostrophe with which a spreadsheet marks text. Marks that are not seen are
// left out.
std::variant<Dialled, TelephoneFault> parse_dialled(std::string_view text);

}  // namespace tocsin::contact
