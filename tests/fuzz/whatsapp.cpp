// What WhatsApp says. The first byte says which bytes follow: an answer to a message, or a post to
// a hook.
#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "channel/whatsapp_answer.h"

using namespace tocsin;

namespace {

void check_said(const channel::WhatsAppSaid& heard) {
  const std::string_view from = heard.said.from;
  TOCSIN_ASSERT(
      from.size() > 5 && from.size() <= 16 && from.starts_with('+') &&
      std::all_of(from.begin() + 1, from.end(), [](char c) { return c >= '0' && c <= '9'; }));
  TOCSIN_ASSERT(heard.said.words.size() <= channel::kMostSaidBytes &&
                base::is_utf8(heard.said.words));
  TOCSIN_ASSERT(heard.quoted.find_first_of(" \n") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  if (bytes[0] % 2 == 0) {
    if (const auto taken = channel::parse_whatsapp_taken(rest))
      TOCSIN_ASSERT(!taken->name.empty() && taken->name.size() <= 300);
    if (const auto code = channel::whatsapp_error(rest)) {
      const channel::Receipt receipt = channel::whatsapp_verdict_of_code(*code).receipt;
      TOCSIN_ASSERT(receipt == channel::Receipt::failed_for_now ||
                    receipt == channel::Receipt::failed_for_good);
    }
    return 0;
  }
  const channel::WhatsAppPost post = channel::parse_whatsapp_post(rest, "106540352242922");
  for (const channel::WhatsAppSaid& said : post.said) check_said(said);
  for (const channel::WhatsAppStatus& status : post.statuses)
    TOCSIN_ASSERT(!status.name.empty() && status.receipt != channel::Receipt::unknown);
  return 0;
}
