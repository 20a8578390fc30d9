// What Viber says. The first byte says which bytes follow: an answer to a message, or a post to a
// hook.
#include <algorithm>

#include "base/fault.h"
#include "base/text.h"
#include "channel/viber_answer.h"

using namespace tocsin;

namespace {

void check_token(std::string_view token) {
  TOCSIN_ASSERT(token.size() <= 20 &&
                std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; }));
}

void check_post(base::ByteView body) {
  const channel::ViberPost post = channel::parse_viber_post(body);
  if (const auto* said = std::get_if<channel::Said>(&post)) {
    TOCSIN_ASSERT(channel::is_viber_id(said->from));
    TOCSIN_ASSERT(said->words.size() <= channel::kMostSaidBytes && base::is_utf8(said->words));
  } else if (const auto* receipt = std::get_if<channel::ViberReceipt>(&post)) {
    TOCSIN_ASSERT(channel::is_viber_id(receipt->person) && !receipt->token.empty());
    check_token(receipt->token);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  if (bytes[0] % 2 != 0) {
    check_post(rest);
  } else if (const auto result = channel::parse_viber_result(rest)) {
    check_token(result->token);
    for (const auto& [person, status] : result->refused)
      TOCSIN_ASSERT(channel::is_viber_id(person) && status != 0);
    const bool is_sent =
        channel::viber_verdict_of_status(result->status).receipt == channel::Receipt::sent;
    TOCSIN_ASSERT(is_sent == (result->status == 0));
  }
  return 0;
}
