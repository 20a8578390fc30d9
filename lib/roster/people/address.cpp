#include "roster/people/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "document/csv.h"
#include "roster/people/telephone.h"

namespace tocsin::roster {

namespace {

using Parsed = std::variant<Address, AddressFault>;

bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_plain(char c) noexcept {
  return is_letter(c) || is_digit(c) || std::string_view{"-._"}.find(c) != std::string_view::npos;
}

template <class Allowed>
bool consists_of(std::string_view text, Allowed allowed) {
  return std::all_of(text.begin(), text.end(), allowed);
}

// A name with a dot in it, such as "example.org".
bool is_domain(std::string_view text) {
  return text.size() >= 3 && text.find('.') != std::string_view::npos && text.front() != '.' &&
         text.back() != '.' && text.find("..") == std::string_view::npos &&
         consists_of(text,
                     [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.'; });
}

Parsed parse_phone(const ChannelId& channel, std::string_view text, std::string_view country) {
  const auto read = parse_telephone(text, country);
  if (const auto* fault = std::get_if<TelephoneFault>(&read))
    return AddressFault{
        std::string{to_text(*fault)},
        *fault == TelephoneFault::scientific
            ? std::string{"format the column as text in the spreadsheet and type it again"}
            : fmt::format("+44 7700 900123 or 07700 900123 (national numbers are read as +{})",
                          country)};
  const auto& telephone = std::get<Telephone>(read);
  Address out{telephone.e164, {}};
  if (channel.str() == "sms" && !is_mobile(telephone.e164))
    out.warning = "not a mobile number, so text messages may not reach it";
  else if (telephone.restored_zero)
    out.warning = "a telephone number without its leading 0, which was put back";
  return out;
}

// Enough to find slips of the pen; only a message that arrives proves an address.
Parsed parse_email(std::string_view text) {
  constexpr std::size_t kLongest = 254;  // RFC 5321
  const auto at = text.rfind('@');
  const bool sound = at != std::string_view::npos && at > 0 && at <= 64 &&
                     text.size() <= kLongest && is_domain(text.substr(at + 1)) &&
                     consists_of(text.substr(0, at), [](char c) {
                       return is_plain(c) || std::string_view{"!#$%&'*+/=?^`{|}~"}.find(c) !=
                                                 std::string_view::npos;
                     });
  if (!sound) return AddressFault{"not an email address", "name@example.org"};
  return Address{base::to_lower(text), {}};
}

Parsed parse_threema(std::string_view text) {
  const bool sound = text.size() == 8 && consists_of(text, [](char c) {
                       return is_digit(c) || (is_letter(c) && c <= 'Z') || c == '*';
                     });
  if (!sound) return AddressFault{"not a Threema ID", "eight capital letters or digits"};
  return Address{std::string{text}, {}};
}

Parsed parse_telegram(std::string_view text) {
  if (text.size() > 20 || !consists_of(text, is_digit) || text.front() == '0')
    return AddressFault{"not a Telegram chat id", "the number that the bot was given"};
  return Address{std::string{text}, {}};
}

Parsed parse_matrix(std::string_view text) {
  const auto colon = text.find(':');
  const bool sound = text.size() <= 255 && text.front() == '@' && colon != std::string_view::npos &&
                     colon > 1 && consists_of(text.substr(1, colon - 1), is_plain) &&
                     is_domain(text.substr(colon + 1));
  if (!sound) return AddressFault{"not a Matrix ID", "@name:example.org"};
  return Address{std::string{text}, {}};
}

Parsed parse_ntfy(std::string_view text) {
  const bool sound =
      text.size() <= 64 && consists_of(text, [](char c) { return is_plain(c) && c != '.'; });
  if (!sound) return AddressFault{"not an ntfy topic", "up to 64 letters, digits, - and _"};
  return Address{std::string{text}, {}};
}

bool is_telephone_channel(std::string_view channel) {
  constexpr std::array<std::string_view, 5> kTelephone{"phone", "sms", "signal", "whatsapp",
                                                       "viber"};
  return std::find(kTelephone.begin(), kTelephone.end(), channel) != kTelephone.end();
}

}  // namespace

std::vector<ChannelId> channels_of(std::string_view field) {
  constexpr std::array<std::string_view, 10> kChannels{"phone",    "sms",   "email",   "signal",
                                                       "whatsapp", "viber", "threema", "telegram",
                                                       "matrix",   "ntfy"};
  if (field == "mobile") return {ChannelId{"sms"}, ChannelId{"phone"}};
  if (std::find(kChannels.begin(), kChannels.end(), field) == kChannels.end()) return {};
  return {ChannelId{field}};
}

Parsed parse_address(const ChannelId& channel, std::string_view text, std::string_view country) {
  const bool telephone = is_telephone_channel(channel.str());
  const bool allowed_sign =
      (telephone && text.starts_with('+')) || (channel.str() == "matrix" && text.starts_with('@'));
  if (text.empty()) return AddressFault{"no address", {}};
  if (document::is_formula(text) && !allowed_sign)
    return AddressFault{"begins like a formula, which a spreadsheet would run",
                        "take the = + - or @ at its beginning away"};
  if (telephone) return parse_phone(channel, text, country);
  if (channel.str() == "email") return parse_email(text);
  if (channel.str() == "threema") return parse_threema(text);
  if (channel.str() == "telegram") return parse_telegram(text);
  if (channel.str() == "matrix") return parse_matrix(text);
  if (channel.str() == "ntfy") return parse_ntfy(text);
  return AddressFault{"an address of a channel that we do not know", {}};
}

bool is_language(std::string_view tag) noexcept {
  const auto parts = base::split(tag, '-');
  if (parts.size() > 4) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t least = i == 0 ? 2 : 1;
    const std::size_t most = i == 0 ? 3 : 8;
    if (parts[i].size() < least || parts[i].size() > most) return false;
    for (const char c : parts[i])
      if (!((c >= 'a' && c <= 'z') || (i > 0 && is_digit(c)))) return false;
  }
  return true;
}

}  // namespace tocsin::roster
