// What an IMAP server says (RFC 9051), as far as it is asked here: which mails a mailbox has. Every
// byte is hostile until it is decoded here.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"

namespace tocsin::channel {

// "* STATUS INBOX (UIDNEXT 12 UIDVALIDITY 7)"
struct MailboxState {
  std::uint32_t validity = 0;  // another one: all mails have other numbers
  std::uint32_t next = 0;      // number of the next mail
  friend bool operator==(const MailboxState&, const MailboxState&) = default;
};
std::optional<MailboxState> parse_mailbox_state(base::ByteView answer);

// "* 3 FETCH (UID 11 INTERNALDATE "22-Nov-2026 22:40:00 +0000")"
struct ListedMail {
  std::uint32_t number = 0;  // its UID
  base::Instant received;    // by the server's clock
};
// In the order of their numbers, each once. Lines that say something else are left out.
std::vector<ListedMail> parse_mail_list(base::ByteView answer);

}  // namespace tocsin::channel
