// What is inside a box of Threema's (tocsin-channel(5), THREEMA): a type, content, and padding that
// hides how long the content is. Opened boxes are hostile: their sender wrote them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"

namespace tocsin::channel {

inline constexpr std::size_t kMostThreemaText = 3'500;  // bytes

// `drawn` is a random byte, 1 to 255: how long the padding is, unless it must be longer.
base::Bytes threema_text(std::string_view text, std::uint8_t drawn);

struct ThreemaWords {
  std::string text;  // UTF-8, at most kMostSaidBytes
};
enum class ThreemaSays : std::uint8_t { received = 1, read = 2, agreed = 3, declined = 4 };
struct ThreemaReceipt {
  ThreemaSays says;
  std::vector<std::string> messages;  // Threema's names of messages of ours, in hex
};
// Nothing: it is of another type, or damaged.
using ThreemaContent = std::variant<std::monostate, ThreemaWords, ThreemaReceipt>;
ThreemaContent parse_threema_content(base::ByteView content);

}  // namespace tocsin::channel
