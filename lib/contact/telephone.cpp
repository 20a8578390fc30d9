#include "contact/telephone.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "contact/numbering.h"

namespace tocsin::contact {

namespace {

using Read = std::variant<Telephone, TelephoneFault>;

constexpr std::size_t kLongest = 15;  // ITU-T E.164, with the country code
constexpr std::size_t kShortest = 7;  // small countries: +290 and four digits

bool is_decimal(char c) noexcept { return c >= '0' && c <= '9'; }

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

// What is wrong with a national number that does not fit.
TelephoneFault misfit(const Plan& plan, std::string_view national) noexcept {
  if (national.starts_with(plan.trunk)) national.remove_prefix(plan.trunk.size());
  const Span span = span_of(plan);
  return national.size() < span.shortest  ? TelephoneFault::too_short
         : national.size() > span.longest ? TelephoneFault::too_long
                                          : TelephoneFault::not_national;
}

// A mobile of Argentina as it is dialled there, with 15 behind its area: "11 15 2345 6789" is +54 9
// 11 2345 6789. An area has 2 digits (Buenos Aires, 11), 3 or 4, and with its number 10 (ENACOM,
// Plan Fundamental de Numeracion Nacional).
std::optional<std::string> argentine_mobile(std::string_view national) {
  constexpr std::size_t kWith15 = 12;
  if (national.size() == kWith15 + 1 && national.starts_with('9')) national.remove_prefix(1);
  if (national.size() != kWith15) return std::nullopt;
  for (const std::size_t area : {2U, 3U, 4U}) {
    if ((area == 2) != national.starts_with("11")) continue;
    if (national.substr(area, 2) == "15")
      return fmt::format("9{}{}", national.substr(0, area), national.substr(area + 2));
  }
  return std::nullopt;
}

// A number as it is dialled in a country from a mobile, or was: nothing when it is none.
std::optional<std::string> mobile_form(const Plan& plan, std::string_view national) {
  if (plan.code == "54") {
    if (national.starts_with('0')) national.remove_prefix(1);
    return argentine_mobile(national);
  }
  // Until 2019 a 1 stood before mobiles of Mexico (IFT, Plan Tecnico Fundamental de Numeracion).
  if (plan.code == "52" && national.size() == 11 && national.starts_with('1') &&
      fits(plan, national.substr(1)))
    return std::string{national.substr(1)};
  return std::nullopt;
}

// The national number behind a calling code. "+44 (0)7700…" has the 0 that is dialled within the
// country as well; where a number may begin with 0, the 0 stays.
std::optional<std::string> behind_code(const Plan& plan, std::string_view national) {
  if (fits(plan, national)) return std::string{national};
  if (auto mobile = mobile_form(plan, national)) return mobile;
  if (!national.starts_with('0') || !fits(plan, national.substr(1))) return std::nullopt;
  return std::string{national.substr(1)};
}

std::string e164_of(const Plan& plan, std::string_view national) {
  return fmt::format("+{}{}", plan.code, national);
}

Read international(std::string_view digits) {
  if (digits.size() < kShortest) return TelephoneFault::too_short;
  const Plan* plan = plan_of(digits);
  if (plan == nullptr)
    return digits.front() == '0'      ? TelephoneFault::not_a_number
           : digits.size() > kLongest ? TelephoneFault::too_long
                                      : TelephoneFault::not_national;
  const std::string_view national = digits.substr(plan->code.size());
  const auto sound = behind_code(*plan, national);
  if (!sound) return misfit(*plan, national);
  std::string e164 = e164_of(*plan, *sound);
  if (e164.size() <= kShortest) return TelephoneFault::too_short;
  return Telephone{std::move(e164), {}};
}

// All readings of digits without a +: dialled within the country, behind its calling code, or
// without the digit that is dialled first.
Read national(const Plan& plan, std::string_view digits) {
  std::vector<Telephone> readings;
  const auto add = [&](std::string_view number, std::string_view put_back) {
    Telephone reading{e164_of(plan, number), std::string{put_back}};
    const bool is_known =
        std::any_of(readings.begin(), readings.end(),
                    [&](const Telephone& other) { return other.e164 == reading.e164; });
    if (!is_known) readings.push_back(std::move(reading));
  };
  const bool has_trunk = digits.starts_with(plan.trunk);
  if (has_trunk && fits(plan, digits.substr(plan.trunk.size())))
    add(digits.substr(plan.trunk.size()), {});
  if (digits.starts_with(plan.code))
    if (const auto number = behind_code(plan, digits.substr(plan.code.size()))) add(*number, {});
  if (!has_trunk && !needs_trunk(plan) && fits(plan, digits)) add(digits, {});
  if (plan.code == "54")
    if (const auto mobile = mobile_form(plan, digits)) add(*mobile, {});
  // The digits that were dialled before numbers of Mexico until 2019. A 1 alone may be a number of
  // North America.
  if (plan.code == "52")
    for (const std::string_view before : {"01", "044", "045"})
      if (digits.starts_with(before) && fits(plan, digits.substr(before.size())))
        add(digits.substr(before.size()), {});
  if (!has_trunk && needs_trunk(plan) && is_whole(plan, digits)) add(digits, plan.trunk);
  if (readings.empty()) return misfit(plan, digits);
  if (readings.size() > 1) return TelephoneFault::ambiguous;
  return std::move(readings.front());
}

}  // namespace

std::string_view to_text(TelephoneFault fault) noexcept {
  switch (fault) {
    case TelephoneFault::not_a_number:
      return "not a telephone number";
    case TelephoneFault::quantity:
      return "a telephone number that a spreadsheet turned into a quantity";
    case TelephoneFault::extension:
      return "a telephone number with an extension";
    case TelephoneFault::two_numbers:
      return "more than one telephone number";
    case TelephoneFault::too_short:
      return "a telephone number with too few digits";
    case TelephoneFault::too_long:
      return "a telephone number with too many digits";
    case TelephoneFault::not_national:
      return "not a telephone number of that country";
    case TelephoneFault::ambiguous:
      return "a telephone number with or without its country's code";
  }
  return "not a telephone number";
}

std::string way_out(TelephoneFault fault, std::string_view country) {
  switch (fault) {
    case TelephoneFault::quantity:
      return "format the column as text in the spreadsheet and type it again";
    case TelephoneFault::extension:
      return "write a number that reaches the person without dialling on";
    case TelephoneFault::two_numbers:
      return "one whole number in a cell, and a column of its own for each more";
    case TelephoneFault::ambiguous:
      return fmt::format("begin it with +{}", country);
    case TelephoneFault::not_a_number:
    case TelephoneFault::too_short:
    case TelephoneFault::too_long:
    case TelephoneFault::not_national:
      break;
  }
  return country == kUnitedKingdom
             ? "+44 7700 900123 or 07700 900123 (national numbers are read as +44)"
             : fmt::format("+ and the whole number, or as it is dialled within +{}", country);
}

Read parse_telephone(std::string_view text, std::string_view country) {
  const auto dialled = parse_dialled(text);
  if (const auto* fault = std::get_if<TelephoneFault>(&dialled)) return *fault;
  const auto& [has_plus, digits] = std::get<Dialled>(dialled);
  if (has_plus) return international(digits);
  const Plan* plan = plan_of(country);
  if (plan == nullptr) return TelephoneFault::not_national;
  if (!plan->international.empty() && digits.starts_with(plan->international))
    return international(std::string_view{digits}.substr(plan->international.size()));
  return national(*plan, digits);
}

bool is_calling_code(std::string_view code) noexcept {
  const Plan* plan = plan_of(code);
  return plan != nullptr && plan->code == code;
}

bool is_mobile(std::string_view e164) noexcept {
  if (!e164.starts_with('+')) return true;
  const Plan* plan = plan_of(e164.substr(1));
  return plan == nullptr || may_be_mobile(*plan, e164.substr(1 + plan->code.size()));
}

std::string readable(std::string_view e164) {
  if (!e164.starts_with('+') || e164.size() <= kShortest ||
      !std::all_of(e164.begin() + 1, e164.end(), is_decimal))
    return std::string{e164};
  const std::string_view digits = e164.substr(1);
  const Plan* plan = plan_of(digits);
  if (plan != nullptr && plan->code == kUnitedKingdom && fits(*plan, digits.substr(2)))
    return national_groups("0" + std::string{digits.substr(2)});
  const std::size_t code = plan == nullptr ? 3 : plan->code.size();
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
