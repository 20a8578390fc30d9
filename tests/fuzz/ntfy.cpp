// What an ntfy server answers. The first byte says which bytes follow: a token, a refusal, a
// result, or what came to the topic for replies.
#include "base/fault.h"
#include "base/text.h"
#include "channel/ntfy_answer.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 4) {
    case 0:
      if (channel::is_ntfy_token(base::text_of(rest)))
        TOCSIN_ASSERT(base::text_of(rest).find_first_of(" \r\n") == std::string_view::npos);
      break;
    case 1:
      channel::ntfy_error(rest);
      break;
    case 2:
      channel::is_ntfy_success(rest);
      break;
    default:
      if (const auto page = channel::parse_ntfy_replies(rest, "replies")) {
        TOCSIN_ASSERT(page->last.find_first_of("&/?# ") == std::string::npos);
        for (const channel::Said& said : page->said) {
          TOCSIN_ASSERT(said.about && !said.words.empty());
          TOCSIN_ASSERT(!said.from.empty() && said.from.size() <= 64);
        }
      }
  }
  return 0;
}
