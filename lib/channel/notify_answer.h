// What GOV.UK Notify gives and answers (tocsin-channel(5), SMS and EMAIL): its API key, its errors,
// and the pages of its two lists. Every byte of an answer is hostile until it is decoded here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "channel/said.h"
#include "seal/envelope.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

// What it is asked to send.
enum class NotifyMedium : std::uint8_t { text, email };

struct NotifyKey {
  std::string issuer;  // the service's id
  seal::SecretText secret;
};
// "NAME-ISSUER-SECRET", where the last two are UUIDs and the name may have hyphens of its own.
std::optional<NotifyKey> parse_notify_key(std::string_view text);

bool is_uuid(std::string_view text) noexcept;

enum class NotifyError : std::uint8_t {
  other,              // also when the answer cannot be read
  validation,         // of the number or the template's id
  bad_request,        // the template, trial mode, numbers abroad
  rate_limit,         // too many in this minute
  too_many_requests,  // too many today
};
// What an answer that is no success says.
NotifyError notify_error(base::ByteView body);

enum class NotifyState : std::uint8_t {
  open,  // on its way, or a word that we do not know
  sent,  // abroad, where no more becomes known
  delivered,
  permanent_failure,
  temporary_failure,
  technical_failure,
};
// Something that the service sent, by us or not.
struct NotifyText {
  std::string id;
  std::optional<seal::MessageId> message;  // nullopt: not sent by us
  NotifyState state = NotifyState::open;
  base::Instant created;
};
// A text that somebody sent to the service.
struct NotifyReply {
  std::string id;
  std::optional<Said> said;  // nullopt: the sender is no telephone number
  base::Instant created;
};
// The pages of the two lists, the newest first. Entries without an id or a time are left out;
// nullopt when it is no such page.
std::optional<std::vector<NotifyText>> parse_notify_texts(base::ByteView body);
std::optional<std::vector<NotifyReply>> parse_notify_replies(base::ByteView body);

}  // namespace tocsin::channel
