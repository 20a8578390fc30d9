#include "contact/address.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "contact/telephone.h"
#include "document/csv.h"

namespace tocsin::contact {

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

Parsed as_telephone(Form form, std::string_view text, std::string_view country) {
  const auto read = parse_telephone(text, country);
  if (const auto* fault = std::get_if<TelephoneFault>(&read))
    return AddressFault{std::string{to_text(*fault)}, way_out(*fault, country)};
  const auto& telephone = std::get<Telephone>(read);
  Address out{telephone.e164, {}, is_mobile(telephone.e164)};
  if (form == Form::mobile && !out.takes_texts)
    out.warning = "not a mobile number, so no text messages are sent to it";
  else if (!telephone.put_back.empty())
    out.warning = fmt::format("a telephone number without its leading {}, which was put back",
                              telephone.put_back);
  return out;
}

// Enough to find slips of the pen; only a message that arrives proves an address.
Parsed as_email(std::string_view text) {
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

Parsed as_threema_id(std::string_view text) {
  const bool sound = text.size() == 8 && consists_of(text, [](char c) {
                       return is_digit(c) || (is_letter(c) && c <= 'Z') || c == '*';
                     });
  if (!sound) return AddressFault{"not a Threema ID", "eight capital letters or digits"};
  return Address{std::string{text}, {}};
}

Parsed as_telegram_chat(std::string_view text) {
  if (text.size() > 20 || !consists_of(text, is_digit) || text.front() == '0')
    return AddressFault{"not a Telegram chat id", "the number that the bot was given"};
  return Address{std::string{text}, {}};
}

// Of a person for one bot, in base64. Without a letter it is a telephone number.
Parsed as_viber_id(std::string_view text) {
  const std::size_t end = text.find_last_not_of('=');
  const std::string_view id = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  const bool sound =
      id.size() >= 10 && text.size() <= 60 && std::any_of(id.begin(), id.end(), is_letter) &&
      consists_of(id, [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; });
  if (!sound)
    return AddressFault{"not a Viber ID", "the id that the bot was given, such as 01234567890A="};
  return Address{std::string{text}, {}};
}

Parsed as_matrix_id(std::string_view text) {
  const auto colon = text.find(':');
  const bool sound = text.size() <= 255 && text.front() == '@' && colon != std::string_view::npos &&
                     colon > 1 && consists_of(text.substr(1, colon - 1), is_plain) &&
                     is_domain(text.substr(colon + 1));
  if (!sound) return AddressFault{"not a Matrix ID", "@name:example.org"};
  return Address{std::string{text}, {}};
}

Parsed as_ntfy_topic(std::string_view text) {
  const bool sound =
      text.size() <= 64 && consists_of(text, [](char c) { return is_plain(c) && c != '.'; });
  if (!sound) return AddressFault{"not an ntfy topic", "up to 64 letters, digits, - and _"};
  return Address{std::string{text}, {}};
}

Parsed as_free_text(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  if (text.size() > kLongest || !base::is_utf8(text) || base::printable(text) != text)
    return AddressFault{"not an address on one line", "up to 100 bytes of text"};
  return Address{std::string{text}, {}};
}

// What spreadsheets show as it is written.
bool is_sign_sound(Form form, std::string_view text) {
  switch (form) {
    case Form::telephone:
    case Form::mobile:
      return text.starts_with('+');
    case Form::matrix_id:
      return text.starts_with('@');
    // It has no sign by which a spreadsheet could run anything.
    case Form::viber_id:
      return std::holds_alternative<Address>(as_viber_id(text));
    case Form::free_text:
      return text.size() > 1 && text.starts_with('+') &&
             consists_of(text.substr(1), [](char c) { return is_digit(c) || c == ' '; });
    default:
      return false;
  }
}

}  // namespace

Parsed parse_address(Form form, std::string_view text, std::string_view country) {
  if (text.empty()) return AddressFault{"no address", {}};
  if (document::is_formula(text) && !is_sign_sound(form, text))
    return AddressFault{"begins like a formula, which a spreadsheet would run",
                        "take the = + - or @ at its beginning away"};
  switch (form) {
    case Form::none:
      break;
    case Form::telephone:
    case Form::mobile:
      return as_telephone(form, text, country);
    case Form::email:
      return as_email(text);
    case Form::threema_id:
      return as_threema_id(text);
    case Form::telegram_chat:
      return as_telegram_chat(text);
    case Form::viber_id:
      return as_viber_id(text);
    case Form::matrix_id:
      return as_matrix_id(text);
    case Form::ntfy_topic:
      return as_ntfy_topic(text);
    case Form::free_text:
      return as_free_text(text);
  }
  return AddressFault{"an address of a channel that has none", {}};
}

}  // namespace tocsin::contact
