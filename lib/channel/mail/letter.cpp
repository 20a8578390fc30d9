#include "channel/mail/letter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "channel/mail/transfer_encoding.h"
#include "contact/address.h"

namespace tocsin::channel {

namespace {

// "\"St Elsewhere\" <call-ins@example.org>"
std::string mailbox(const std::string& name, const std::string& address) {
  if (name.empty()) return address;
  std::string coded = field_text(name);
  if (!coded.starts_with("=?")) {  // not in encoded words
    std::string quoted;
    for (const char c : coded) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    coded = fmt::format("\"{}\"", quoted);
  }
  return fmt::format("{}\r\n <{}>", coded, address);
}

// As RFC 5322 has it; HTTP writes the zone otherwise.
std::string mail_date(base::Instant at) {
  std::string text = base::to_http_date(at);
  return text.substr(0, text.size() - 3) + "+0000";
}

}  // namespace

bool is_address(std::string_view text) {
  return std::holds_alternative<contact::Address>(
      contact::parse_address(contact::Form::email, text));
}

std::string write(const Letter& letter) {
  TOCSIN_ASSERT(is_address(letter.from) && is_address(letter.to));
  TOCSIN_ASSERT(letter.reply_to.empty() || is_address(letter.reply_to));
  std::string out = fmt::format("Date: {}\r\nFrom: {}\r\n", mail_date(letter.date),
                                mailbox(letter.name, letter.from));
  if (!letter.reply_to.empty()) out += fmt::format("Reply-To: {}\r\n", letter.reply_to);
  out += fmt::format("To: {}\r\nSubject: {}\r\nMessage-ID: <{}>\r\n", letter.to,
                     field_text(letter.subject), message_id_at(letter.id, domain_of(letter.from)));
  if (letter.is_urgent) out += "Importance: high\r\n";
  // The second is what Exchange looks at (MS-OXCMAIL): no out-of-office note, but bounces.
  out +=
      "Auto-Submitted: auto-generated\r\n"
      "X-Auto-Response-Suppress: OOF, AutoReply\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n"
      "\r\n";
  return out + quoted_printable(letter.text);
}

std::string subject_of(std::string_view nudge, std::string_view link) {
  std::string text{nudge};
  const std::size_t at = link.empty() ? std::string::npos : text.find(link);
  if (at != std::string::npos) text.erase(at, link.size());
  const std::string_view subject = base::trim(text);
  return subject.empty() ? "Incident message" : std::string{subject};
}

std::string_view domain_of(std::string_view address) noexcept {
  return address.substr(std::min(address.size(), address.rfind('@') + 1));
}

std::string message_id_at(const seal::MessageId& id, std::string_view domain) {
  return fmt::format("{}@{}", seal::to_text(id), domain);
}

std::optional<seal::MessageId> our_message_id(std::string_view text, std::string_view domain) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || base::to_lower(text.substr(at + 1)) != domain)
    return std::nullopt;
  return seal::message_id_from_text(text.substr(0, at));
}

}  // namespace tocsin::channel
