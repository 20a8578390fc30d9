// What Telegram's Bot API answers. The first byte says which bytes follow: a token and an address,
// a refusal, a result, or a page of updates.
#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "channel/telegram_answer.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 4) {
    case 0:
      if (channel::is_telegram_token(base::text_of(rest)))
        TOCSIN_ASSERT(base::text_of(rest).find_first_of("/?#% ") == std::string_view::npos);
      if (const auto chat = channel::telegram_chat(base::text_of(rest))) TOCSIN_ASSERT(*chat > 0);
      break;
    case 1: {
      const base::Milliseconds wait = channel::parse_telegram_refusal(rest).retry_after;
      TOCSIN_ASSERT(wait >= base::Milliseconds{0} && wait <= std::chrono::hours{24});
      break;
    }
    case 2:
      channel::is_telegram_success(rest);
      break;
    default:
      if (const auto page = channel::parse_telegram_updates(rest))
        for (const channel::TelegramUpdate& update : *page) {
          TOCSIN_ASSERT(update.id > 0);
          if (!update.said) continue;
          TOCSIN_ASSERT(channel::telegram_chat(update.said->from));
          TOCSIN_ASSERT(update.said->words.size() <= channel::kMostSaidBytes);
          TOCSIN_ASSERT(base::is_utf8(update.said->words));
          TOCSIN_ASSERT(update.is_timed == update.tap.empty());
        }
  }
  return 0;
}
