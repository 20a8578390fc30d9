#include "channel/threema_message.h"

#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "channel/json_answer.h"
#include "channel/said.h"

namespace tocsin::channel {

namespace {

constexpr std::uint8_t kText = 0x01;
constexpr std::uint8_t kReceipt = 0x80;
// Content and padding together, without the type.
constexpr std::size_t kLeastPadded = 32;
constexpr std::size_t kThreemaName = 8;
constexpr std::size_t kMostReceiptNames = 500;

ThreemaContent words_of(base::ByteView data) {
  const std::string_view text = base::text_of(data);
  if (text.empty() || !base::is_utf8(text)) return {};
  return ThreemaWords{std::string{beginning_of(text, kMostSaidBytes)}};
}

ThreemaContent receipt_of_names(base::ByteView data) {
  if (data.empty() || data[0] < 1 || data[0] > 4 || (data.size() - 1) % kThreemaName != 0)
    return {};
  ThreemaReceipt receipt{static_cast<ThreemaSays>(data[0]), {}};
  for (std::size_t at = 1; at < data.size() && receipt.messages.size() < kMostReceiptNames;
       at += kThreemaName)
    receipt.messages.push_back(base::to_hex(data.subspan(at, kThreemaName)));
  if (receipt.messages.empty()) return {};
  return receipt;
}

}  // namespace

base::Bytes threema_text(std::string_view text, std::uint8_t drawn) {
  TOCSIN_ASSERT(drawn > 0 && text.size() <= kMostThreemaText);
  const std::size_t least = text.size() < kLeastPadded ? kLeastPadded - text.size() : 1;
  const std::size_t padding = std::max<std::size_t>(drawn, least);
  base::Bytes out{kText};
  out.insert(out.end(), text.begin(), text.end());
  out.insert(out.end(), padding, static_cast<std::uint8_t>(padding));
  return out;
}

ThreemaContent parse_threema_content(base::ByteView content) {
  if (content.size() < 2) return {};
  const std::size_t padding = content.back();
  if (padding == 0 || padding > content.size() - 1) return {};
  const base::ByteView data = content.subspan(1, content.size() - 1 - padding);
  switch (content.front()) {
    case kText:
      return words_of(data);
    case kReceipt:
      return receipt_of_names(data);
    default:
      return {};
  }
}

}  // namespace tocsin::channel
