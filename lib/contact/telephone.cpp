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
