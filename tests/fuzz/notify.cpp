// What GOV.UK Notify gives. The first byte says which bytes follow: an API key, an error, a page of
// what was sent, or a page of what was received.
#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "channel/notify_answer.h"

using namespace tocsin;

namespace {

bool is_e164(std::string_view number) {
  return number.size() > 7 && number.size() <= 16 && number.starts_with('+') &&
         std::all_of(number.begin() + 1, number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 4) {
    case 0:
      if (const auto key = channel::parse_notify_key(base::text_of(rest)))
        TOCSIN_ASSERT(channel::is_uuid(key->issuer) && channel::is_uuid(key->secret.view()));
      break;
    case 1:
      channel::notify_error(rest);
      break;
    case 2:
      if (const auto page = channel::parse_notify_texts(rest))
        for (const channel::NotifyText& text : *page) TOCSIN_ASSERT(channel::is_uuid(text.id));
      break;
    default:
      if (const auto page = channel::parse_notify_replies(rest))
        for (const channel::NotifyReply& reply : *page) {
          TOCSIN_ASSERT(channel::is_uuid(reply.id));
          if (!reply.said) continue;
          TOCSIN_ASSERT(is_e164(reply.said->from));
          TOCSIN_ASSERT(reply.said->words.size() <= channel::kMostSaidBytes);
          TOCSIN_ASSERT(base::is_utf8(reply.said->words));
        }
  }
  return 0;
}
