#include "channel/ntfy_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "channel/verdict.h"

namespace tocsin::channel {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Milliseconds kReplyPatience = seconds{15};
constexpr base::Milliseconds kLongestBetweenReplies = minutes{5};
// A server keeps messages for as long, unless it is told otherwise.
constexpr std::string_view kAllThatIsKept = "12h";
constexpr std::string_view kOnlyTheNewest = "1m";
constexpr std::size_t kMostReplyBytes = std::size_t{16} << 20;
std::string ntfy_trouble_of(const HttpAnswer& answer) {
  constexpr std::string_view kWhat = "what people answer by ntfy";
  if (answer.failure == HttpFailure::too_large)
    return fmt::format("{} cannot be read: somebody floods the topic for replies", kWhat);
  return reading_trouble(answer, kWhat,
                         answer.status == 403 ? "the token may not read the topic for replies"
                                              : "the server refuses the token");
}

}  // namespace

NtfyInbox::NtfyInbox(NtfyReading reading, const seal::SecretText& token, const base::Clock& clock)
    : reading_(std::move(reading)),
      token_(token),
      clock_(clock),
      http_(HttpSettings{}),
      since_(kAllThatIsKept),
      expected_(clock.steady()) {}

void NtfyInbox::expect() {
  const std::lock_guard lock{mutex_};
  expected_ = clock_.steady();
}

HttpRequest NtfyInbox::request(std::string_view since) const {
  HttpRequest request;
  request.url = fmt::format("{}/{}/json?poll=1&since={}", reading_.origin, reading_.replies, since);
  request.patience = kReplyPatience;
  request.most_answer_bytes = kMostReplyBytes;
  return request;
}

Polling::Asked NtfyInbox::ask() {
  if (reading_.replies.empty()) return {{}, hours{1}, {}};
  if (!is_closed_) return look_at_door();
  HttpRequest asking = request(since_);
  asking.headers = {fmt::format("Authorization: Bearer {}", token_.view())};
  const HttpAnswer answer = http_.perform(std::move(asking));
  // What cannot be read in one piece never can: begin with what is new.
  if (answer.failure == HttpFailure::too_large) since_ = kOnlyTheNewest;
  auto page = answer.failure == HttpFailure::none && answer.status == 200
                  ? parse_ntfy_replies(answer.body, reading_.replies)
                  : std::nullopt;
  if (!page) return put_off(answer);
  setback_.is_over();
  if (!page->last.empty()) since_ = std::move(page->last);
  Polling::Asked asked;
  // Said by this machine's clock, by which it is compared with what was sent.
  const base::Milliseconds ahead =
      answer.date ? *answer.date - clock_.now() : base::Milliseconds{0};
  for (Said& said : page->said) said.at -= ahead;
  asked.collected.said = std::move(page->said);
  asked.pause = pause();
  return asked;
}

// Whoever can read the topic learns ids of messages, and can answer for others: nothing that stands
// there is believed while everybody can.
Polling::Asked NtfyInbox::look_at_door() {
  const HttpAnswer answer = http_.perform(request("1s"));
  is_closed_ =
      answer.failure == HttpFailure::none && (answer.status == 401 || answer.status == 403);
  if (is_closed_) return {};
  if (answer.failure == HttpFailure::none && answer.status == 200)
    return {{},
            setback_.next(kLongestBetweenReplies),
            "no answers by ntfy are believed: everybody can read the topic for replies; let "
            "strangers only write to it"};
  return put_off(answer);
}

Polling::Asked NtfyInbox::put_off(const HttpAnswer& answer) {
  return {{}, setback_.next(answer.retry_after), ntfy_trouble_of(answer)};
}

// The longer ago the last message was, the less often.
base::Milliseconds NtfyInbox::pause() const {
  const std::lock_guard lock{mutex_};
  const base::Milliseconds quiet = clock_.steady() - expected_;
  return std::max(reading_.between, std::min(quiet / 60, kLongestBetweenReplies));
}

}  // namespace tocsin::channel
