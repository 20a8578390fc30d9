// Telephone numbers as people type them, brought to E.164: "+447700900123". Knows the national form
// of one country at a time and the numbering of the United Kingdom (Ofcom, National Telephone
// Numbering Plan).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace tocsin::contact {

struct Telephone {
  std::string e164;
  bool restored_zero =
      false;  // the national form lacked its leading 0, which spreadsheets take away
};

enum class TelephoneFault : std::uint8_t {
  not_a_number,  // letters or other marks in it
  scientific,    // 4.47701E+11: a spreadsheet made a quantity of it
  too_short,
  too_long,
  not_national,  // digits without + or 0 in front that are no number of the country
};
std::string_view to_text(TelephoneFault fault) noexcept;

// Spaces, dots, hyphens, brackets and "(0)" do not matter; "00" stands for "+". `country` is the
// calling code that national numbers are read with, in digits: "44".
std::variant<Telephone, TelephoneFault> parse_telephone(std::string_view text,
                                                        std::string_view country = "44");

// Whether it can take a text message: outside the United Kingdom always taken to be so.
bool is_mobile(std::string_view e164) noexcept;

// As people read and dial it: "07700 900123" for one of the United Kingdom, "+353 861 234 567" for
// others. What is no E.164 number stays as it is.
std::string readable(std::string_view e164);

// All but the last three digits hidden, for screens that others can see: "+•••••••••123".
std::string masked(std::string_view address);

}  // namespace tocsin::contact
