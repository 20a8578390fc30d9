// What Threema's Gateway says. The first byte says which bytes follow: the content of an opened
// box, a bulk of results, or a form that it posted (which is given the right code).
#include "base/fault.h"
#include "base/form.h"
#include "base/text.h"
#include "channel/said.h"
#include "channel/threema_answer.h"
#include "channel/threema_message.h"
#include "seal/provider_mac.h"

using namespace tocsin;

namespace {

void check_content(base::ByteView bytes) {
  const channel::ThreemaContent content = channel::parse_threema_content(bytes);
  if (const auto* words = std::get_if<channel::ThreemaWords>(&content)) {
    TOCSIN_ASSERT(!words->text.empty() && base::is_utf8(words->text));
    TOCSIN_ASSERT(words->text.size() <= channel::kMostSaidBytes);
  } else if (const auto* receipt = std::get_if<channel::ThreemaReceipt>(&content)) {
    TOCSIN_ASSERT(!receipt->messages.empty());
    for (const std::string& name : receipt->messages) TOCSIN_ASSERT(name.size() == 16);
  }
}

void check_post(base::ByteView bytes) {
  // Most changes would stop at the code.
  auto form = base::read_form(base::text_of(bytes));
  if (!form) return;
  std::string text;
  for (const char* name : {"from", "to", "messageId", "date", "nonce", "box"})
    text += base::value_of(*form, name);
  const auto mac = seal::hmac_sha256(base::bytes_of("secret"), base::bytes_of(text));
  form->insert(form->begin(), {"mac", base::to_hex(mac)});
  const std::string body = base::write_form(*form);
  const auto post = channel::parse_threema_post(base::bytes_of(body), "secret");
  if (!post) return;
  TOCSIN_ASSERT(channel::is_threema_id(post->from) && channel::is_threema_id(post->to));
  TOCSIN_ASSERT(post->name.size() == 16 && post->box.size() <= 4'000);
  TOCSIN_ASSERT(!channel::parse_threema_post(base::bytes_of(body), "another"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 3) {
    case 0:
      check_content(rest);
      break;
    case 1:
      if (const auto all = channel::parse_threema_bulk(rest, 2)) {
        TOCSIN_ASSERT(all->size() == 2);
        for (const auto& one : *all)
          TOCSIN_ASSERT((one.name.empty() || one.name.size() == 16) && one.error < 1'000);
      }
      break;
    default:
      check_post(rest);
  }
  return 0;
}
