// What a mail that came means: an answer of a person to a mail of ours, a report of what became of
// one (RFC 3464), or nothing. Automatic replies, mails of lists, and mails that answer none of ours
// mean nothing, so that no two programs write to each other. All of it is hostile.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "contact/receipt.h"
#include "seal/envelope.h"

namespace tocsin::channel {

// The rest of a mail is not read.
inline constexpr std::size_t kMostMailBytes = 256 * 1024;

struct MailAnswer {
  std::string from;   // as contact::parse_address has it. A claim: anybody can write it
  std::string words;  // UTF-8; empty when no text could be read
  seal::MessageId about;
  std::string theirs;  // their Message-ID; empty when it has none
};
struct MailReport {
  seal::MessageId about;
  contact::Receipt receipt = contact::Receipt::unknown;
  std::string reason{};  // of a failure; names nobody
};
struct NoMeaning {};
using MailMeaning = std::variant<NoMeaning, MailAnswer, MailReport>;

// `domain` is that of our Message-IDs.
MailMeaning read_mail(std::string_view mail, std::string_view domain);

}  // namespace tocsin::channel
