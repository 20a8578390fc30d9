// What an ntfy server gives and answers (tocsin-channel(5), NTFY): an access token, refusals, and
// what a telephone sends when somebody taps a button. Every byte of an answer is hostile until it
// is decoded here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "channel/answer_button.h"
#include "channel/said.h"

namespace tocsin::channel {

// "tk_" and letters, as ntfy shows it.
bool is_ntfy_token(std::string_view text) noexcept;

enum class NtfyError : std::uint8_t {
  other,     // also when the answer cannot be read
  too_many,  // for the moment
  day_spent  // no more messages today
};
// What an answer of the status 429 says.
NtfyError ntfy_error(base::ByteView body);

// Whether it says that a message was taken.
bool is_ntfy_success(base::ByteView body);

// What a telephone sends to the topic for replies: which button, below which message, of which
// topic.
std::string ntfy_tap(const seal::MessageId& about, const AnswerButton& button,
                     std::string_view topic);

struct NtfyPage {
  std::string last;        // the id of the newest message; empty when there was none
  std::vector<Said> said;  // taps alone: whatever else strangers write there is left out
};
// What came to the topic `replies`, the oldest first: one JSON object a line. Damaged lines are
// left out; nullopt when no line is sound.
std::optional<NtfyPage> parse_ntfy_replies(base::ByteView body, std::string_view replies);

}  // namespace tocsin::channel
