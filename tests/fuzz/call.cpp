// What providers of calls post to a hook, and what Vonage answers. The first byte says by whom: a
// line with the query and then the body, of Twilio or of Vonage; or an answer of Vonage.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "../unit/seal/rfc7515.h"
#include "base/fault.h"
#include "channel/vonage_calls.h"
#include "wire/call_script.h"

using namespace tocsin;

namespace {

void check_post(wire::CallDialect dialect, std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view query = text.substr(0, end);
  const auto news =
      wire::read_call_news(dialect, base::bytes_of(text.substr(std::min(end + 1, text.size()))));
  if (!news) return;
  TOCSIN_ASSERT(news->keys.size() <= wire::kMostKeys);
  for (const std::string& number : {news->called, news->caller})
    TOCSIN_ASSERT(number.empty() || wire::is_number(number));
  const auto turn = wire::next_turn("https://relay.example/hook/voice", query, *news);
  if (const auto keys = wire::pressed(query, *news)) TOCSIN_ASSERT(turn && keys->words.size() <= 6);
  if (!turn) return;
  const std::string written = wire::write_turn(dialect, *turn);
  TOCSIN_ASSERT(written.size() < 4'000);
  if (dialect == wire::CallDialect::twiml)
    TOCSIN_ASSERT(written.ends_with("</Response>"));
  else
    TOCSIN_ASSERT(nlohmann::json::parse(written).is_array());
}

void check_answer(base::ByteView body) {
  static const base::VirtualClock clock{base::Instant{}};
  static const channel::VonageCalls calls{
      "https://api.example", "", *seal::RsaKey::from_pem(seal::SecretText{seal::kRfc7515Key}),
      clock};
  channel::HttpAnswer answer;
  answer.failure = channel::HttpFailure::none;
  answer.body.assign(body.begin(), body.end());
  for (const int status : {201, 400}) {
    answer.status = status;
    const channel::Verdict verdict = calls.verdict_of(answer);
    TOCSIN_ASSERT(verdict.reason.empty() || verdict.reason.starts_with("Vonage"));
    TOCSIN_ASSERT(status == 201 || verdict.receipt == contact::Receipt::failed_for_good);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 3) {
    case 0:
      check_post(wire::CallDialect::twiml, base::text_of(rest));
      break;
    case 1:
      check_post(wire::CallDialect::ncco, base::text_of(rest));
      break;
    default:
      check_answer(rest);
  }
  return 0;
}
