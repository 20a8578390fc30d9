// What Twilio gives. The first byte says which bytes follow: an answer, a page of the list of
// texts, or a text that was posted to a hook.
#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "channel/twilio_answer.h"

using namespace tocsin;

namespace {

constexpr std::string_view kPath = "/2010-04-01/Accounts/AC1/Messages.json";

void check(const channel::Said& said) {
  const std::string_view number = said.from;
  TOCSIN_ASSERT(
      number.size() > 7 && number.size() <= 16 && number.starts_with('+') &&
      std::all_of(number.begin() + 1, number.end(), [](char c) { return c >= '0' && c <= '9'; }));
  TOCSIN_ASSERT(said.words.size() <= channel::kMostSaidBytes && base::is_utf8(said.words));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 3) {
    case 0:
      channel::twilio_error(rest);
      channel::twilio_made(rest);
      channel::twilio_time(base::text_of(rest));
      break;
    case 1:
      if (const auto page = channel::parse_twilio_page(rest, kPath)) {
        TOCSIN_ASSERT(page->next.empty() || page->next.starts_with(kPath));
        for (const channel::TwilioText& text : page->texts)
          TOCSIN_ASSERT(channel::is_twilio_message(text.sid));
        for (const channel::Said& said : page->replies) check(said);
      }
      break;
    default:
      if (const auto form = base::read_form(base::text_of(rest)))
        if (const auto said = channel::twilio_reply(*form, base::Instant{})) check(*said);
      break;
  }
  return 0;
}
