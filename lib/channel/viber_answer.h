// What Viber's bot API takes, answers and posts (tocsin-channel(5), VIBER). Every byte of an answer
// or a post is hostile until it is decoded here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.h"
#include "channel/said.h"
#include "channel/verdict.h"

namespace tocsin::channel {

bool is_viber_token(std::string_view text) noexcept;
// Of a person for this bot, in base64: "01234567890A=".
bool is_viber_id(std::string_view text) noexcept;

struct ViberResult {
  int status = 0;
  std::string token{};  // Viber's name of what was sent; digits, may be empty
  // Of a broadcast: whom it does not go to, and the status of each.
  std::map<std::string, int, std::less<>> refused{};
};
// Nullopt when it is no answer of Viber's.
std::optional<ViberResult> parse_viber_result(base::ByteView body);
// What a status means for the message.
Verdict viber_verdict_of_status(int status);

struct ViberReceipt {
  std::string token;
  std::string person;
  Receipt receipt = Receipt::delivered;
};
// What a post to a hook says: nothing, what somebody wrote or tapped, or what became of a message.
// What somebody tapped has `about`, which may be the name of a broadcast.
using ViberPost = std::variant<std::monostate, Said, ViberReceipt>;
ViberPost parse_viber_post(base::ByteView body);

}  // namespace tocsin::channel
