// A mail as it leaves: one person's nudge in plain text, and the Message-ID by which an answer or a
// bounce is known again. Nothing that is put into it can add a field to its header.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "seal/envelope.h"

namespace tocsin::channel {

struct Letter {
  seal::MessageId id;
  std::string from;      // addresses, by is_address
  std::string name;      // of the sender; may be empty
  std::string reply_to;  // empty: from
  std::string to;
  std::string subject;  // UTF-8
  std::string text;     // UTF-8
  base::Instant date;
  bool is_urgent = false;
};

bool is_address(std::string_view text);
// With lines that end with CRLF. The same for the same letter.
std::string write(const Letter& letter);

// What a nudge says, without the page's address in it. Never empty.
std::string subject_of(std::string_view nudge, std::string_view link);

std::string_view domain_of(std::string_view address) noexcept;
// "ID@domain", without the brackets around it.
std::string message_id_at(const seal::MessageId& id, std::string_view domain);
// Nullopt when it is none of ours.
std::optional<seal::MessageId> our_message_id(std::string_view text, std::string_view domain);

}  // namespace tocsin::channel
