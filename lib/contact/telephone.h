// Telephone numbers as people type them, brought to E.164: "+447700900123". What can be read in two
// ways is refused, and so is a length or a beginning that the country does not have (numbering.h).
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "contact/dialled.h"

namespace tocsin::contact {

struct Telephone {
  std::string e164;
  // The digit that is dialled before a national number and was missing: a spreadsheet takes a
  // leading 0 away. Empty when nothing was put back.
  std::string put_back;
};

// "an extension behind the number", and what to write instead.
std::string_view to_text(TelephoneFault fault) noexcept;
std::string way_out(TelephoneFault fault, std::string_view country);

// `country` is the calling code that national numbers are read with, in digits: "44".
std::variant<Telephone, TelephoneFault> parse_telephone(std::string_view text,
                                                        std::string_view country = "44");

// Whether some country has the calling code, in digits.
bool is_calling_code(std::string_view code) noexcept;

// Whether it can take a text message: false for what is known to be no mobile.
bool is_mobile(std::string_view e164) noexcept;

// As people read and dial it: "07700 900123" for one of the United Kingdom, "+353 861 234 567" for
// others. What is no E.164 number stays as it is.
std::string readable(std::string_view e164);

// All but the last three digits hidden, for screens that others can see: "+•••••••••123".
std::string masked(std::string_view address);

}  // namespace tocsin::contact
