// What the WhatsApp Business Platform takes, answers and posts (tocsin-channel(5), WHATSAPP). Every
// byte of an answer or a post is hostile until it is decoded here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "channel/said.h"
#include "channel/verdict.h"

namespace tocsin::channel {

// What settings name: the platform's id of a number, a template, a template's language ("en_GB"),
// a version of the API ("v24.0"), an access token.
bool is_whatsapp_number_id(std::string_view text) noexcept;
bool is_whatsapp_template(std::string_view text) noexcept;
bool is_whatsapp_language(std::string_view text) noexcept;
bool is_whatsapp_version(std::string_view text) noexcept;
bool is_whatsapp_token(std::string_view text) noexcept;

struct WhatsAppTaken {
  std::string name;      // WhatsApp's own of the message
  bool is_held = false;  // it is not on its way yet
};
// Nullopt when the answer does not say that one message was taken.
std::optional<WhatsAppTaken> parse_whatsapp_taken(base::ByteView body);

// The code of an error; nullopt when there is none that can be read.
std::optional<int> whatsapp_error(base::ByteView body);
// What a code means for the message, now or afterwards.
Verdict whatsapp_verdict_of_code(int code);

struct WhatsAppSaid {
  Said said;
  std::string quoted{};      // WhatsApp's name of the message that it is about, where it has one
  bool counts_alone = true;  // when that message is none of ours
};
struct WhatsAppStatus {
  std::string name;
  seal::MessageId id;  // ours
  Receipt receipt = Receipt::sent;
  std::string reason{};  // of a failure
};
struct WhatsAppPost {
  std::vector<WhatsAppSaid> said;
  std::vector<WhatsAppStatus> statuses;
};
// What a post to a hook says about the number of this id. What of it is damaged is left out.
WhatsAppPost parse_whatsapp_post(base::ByteView body, std::string_view number);

}  // namespace tocsin::channel
