#include "contact/telephone.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin::contact {

namespace {

constexpr std::size_t kLongest = 15;  // ITU-T E.164, with the country code
constexpr std::size_t kShortest = 7;  // small countries: +290 and four digits
constexpr std::string_view kUnitedKingdom = "44";

bool is_decimal(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_scientific(std::string_view text) noexcept {
  const auto e = text.find_first_of("eE");
  return e != std::string_view::npos && e > 0 && e + 1 < text.size() && is_decimal(text.front()) &&
         (text[e + 1] == '+' || is_decimal(text[e + 1]));
}

// Digits with an optional + in front; empty when other marks are in it.
std::string digits_of(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (text.substr(i).starts_with("\xc2\xa0")) {  // a no-break space
      ++i;
    } else if (is_decimal(c) || (c == '+' && out.empty())) {
      out += c;
    } else if (std::string_view{" .-()/"}.find(c) == std::string_view::npos) {
      return {};
    }
  }
  return out;
}

// What stands behind +44: nine or ten digits, of which the first says the kind (Ofcom).
bool is_british(std::string_view national) noexcept {
  if (national.size() != 9 && national.size() != 10) return false;
  if (std::string_view{"1235789"}.find(national.front()) == std::string_view::npos) return false;
  return national.front() != '7' || national.size() == 10;
}

// How many digits the country's code has (ITU-T E.164, list of assigned codes).
std::size_t code_length(std::string_view digits) noexcept {
  constexpr std::string_view kTwo =
      "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
      "64 65 66 81 82 84 86 90 91 92 93 94 95 98";
  if (digits.front() == '1' || digits.front() == '7') return 1;
  return kTwo.find(digits.substr(0, 2)) != std::string_view::npos ? 2 : 3;
}

// "07700900123" in the groups in which it is written: the area's code, then the rest.
std::string national_groups(const std::string& number) {
  const std::string_view begin{number};
  const bool in_threes = begin.starts_with("011") || begin[1] == '3' || begin[1] == '8' ||
                         begin[1] == '9' || (begin[1] == '1' && begin[3] == '1');
  const std::size_t code = begin[1] == '2' || begin[1] == '5' ? 3 : in_threes ? 4 : 5;
  std::string out = number.substr(0, code) + ' ';
  const std::string rest = number.substr(code);
  const std::size_t split = number.size() < 11 || code == 5 ? 0 : rest.size() - 4;
  if (split > 0) out += rest.substr(0, split) + ' ';
  return out + rest.substr(split);
}

std::variant<Telephone, TelephoneFault> international(std::string number, bool restored_zero) {
  const std::size_t digits = number.size() - 1;
  if (digits < kShortest) return TelephoneFault::too_short;
  if (digits > kLongest) return TelephoneFault::too_long;
  if (number[1] == '0') return TelephoneFault::not_a_number;
  if (std::string_view{number}.substr(1).starts_with(kUnitedKingdom)) {
    if (number.size() == 14 && number[3] == '0') number.erase(3, 1);  // "+44 07700…": both at once
    const std::string_view national = std::string_view{number}.substr(3);
    if (!is_british(national))
      return national.size() < 9    ? TelephoneFault::too_short
             : national.size() > 10 ? TelephoneFault::too_long
                                    : TelephoneFault::not_national;
  }
  return Telephone{std::move(number), restored_zero};
}

}  // namespace

std::string_view to_text(TelephoneFault fault) noexcept {
  switch (fault) {
    case TelephoneFault::not_a_number:
      return "not a telephone number";
    case TelephoneFault::scientific:
      return "a telephone number that a spreadsheet turned into a quantity";
    case TelephoneFault::too_short:
      return "a telephone number with too few digits";
    case TelephoneFault::too_long:
      return "a telephone number with too many digits";
    case TelephoneFault::not_national:
      return "not a telephone number of that country";
  }
  return "not a telephone number";
}

std::variant<Telephone, TelephoneFault> parse_telephone(std::string_view text,
                                                        std::string_view country) {
  text = base::trim(text);
  if (text.starts_with('\'')) text.remove_prefix(1);  // a spreadsheet's mark for "this is text"
  if (is_scientific(text)) return TelephoneFault::scientific;
  std::string spelt{text};
  if (const auto zero = spelt.find("(0)");
      zero != std::string::npos && zero > 0 && (spelt.front() == '+' || spelt.starts_with("00")))
    spelt.erase(zero, 3);
  std::string number = digits_of(spelt);
  if (number.empty() || number == "+") return TelephoneFault::not_a_number;

  if (number.front() == '+') return international(std::move(number), false);
  if (number.starts_with("00")) return international("+" + number.substr(2), false);
  if (number.front() == '0')
    return international("+" + std::string{country} + number.substr(1), false);
  // Without + or 0: the country's own code, or a national number that lost its 0.
  if (number.starts_with(country) && number.size() > 10) return international("+" + number, false);
  if (number.size() < 9) return TelephoneFault::too_short;
  if (country == kUnitedKingdom && number.size() == 10 && is_british(number))
    return international("+" + std::string{country} + number, true);
  return TelephoneFault::not_national;
}

bool is_mobile(std::string_view e164) noexcept {
  if (!e164.starts_with("+44")) return true;
  // 070 are personal numbers and 076 pagers, apart from 07624 on the Isle of Man.
  return e164.starts_with("+447") && !e164.starts_with("+4470") &&
         (!e164.starts_with("+4476") || e164.starts_with("+447624"));
}

std::string readable(std::string_view e164) {
  if (!e164.starts_with('+') || e164.size() <= kShortest ||
      !std::all_of(e164.begin() + 1, e164.end(), is_decimal))
    return std::string{e164};
  const std::string_view digits = e164.substr(1);
  if (digits.starts_with(kUnitedKingdom) && is_british(digits.substr(2)))
    return national_groups("0" + std::string{digits.substr(2)});
  const std::size_t code = code_length(digits);
  std::string out = "+" + std::string{digits.substr(0, code)};
  std::string_view rest = digits.substr(code);
  while (!rest.empty()) {
    const std::size_t group = rest.size() <= 4 ? rest.size() : 3;
    out += ' ';
    out += rest.substr(0, group);
    rest.remove_prefix(group);
  }
  return out;
}

std::string masked(std::string_view address) {
  constexpr std::size_t kShown = 3;
  std::string out;
  const std::size_t hidden = address.size() > 2 * kShown ? address.size() - kShown : address.size();
  for (std::size_t i = 0; i < hidden; ++i)
    if ((static_cast<unsigned char>(address[i]) & 0xc0) != 0x80)
      out += i == 0 && address[i] == '+' ? "+" : "•";
  std::size_t shown = hidden;  // not in the middle of a character
  while (shown < address.size() && (static_cast<unsigned char>(address[shown]) & 0xc0) == 0x80)
    ++shown;
  return out + std::string{address.substr(shown)};
}

}  // namespace tocsin::contact
