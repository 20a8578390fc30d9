// The text that a person wrote in a mail: its first part that is plain text, decoded. Other parts,
// attachments and mails inside the mail are not looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channel/mail/fields.h"

namespace tocsin::channel {

// The parts of a multipart, in their order, at most fifty; none when it is no multipart.
std::vector<MailEntity> parts_of(const MailEntity& entity);

// The body as bytes, as its Content-Transfer-Encoding says. Nullopt when that is unknown.
std::optional<std::string> decoded_body(const MailEntity& entity);

// UTF-8. Nullopt when there is none that can be read.
std::optional<std::string> plain_text(const MailEntity& mail);

// Without quoted lines, of which one mark stays, and without what follows the line "-- " (RFC 3676,
// 4.3 and 4.5). Lines end with LF; no blanks around it.
std::string without_quotation(std::string_view text);

}  // namespace tocsin::channel
