#include "channel/threema_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "channel/threema_message.h"

namespace tocsin::channel {

namespace {

// There is nothing to ask.
constexpr base::Milliseconds kWithoutHook = std::chrono::hours{1};
constexpr std::size_t kMostClosed = 10'000;

}  // namespace

ThreemaInbox::ThreemaInbox(const ThreemaAccess& access, ThreemaKeys& keys, SentNames& sent,
                           const base::Clock& clock, std::optional<HookedAt> hook)
    : access_(access), keys_(keys), sent_(sent), clock_(clock), http_(HttpSettings{}) {
  if (hook)
    hook_ = std::make_unique<HookedInbox>(
        *std::move(hook), clock, [this](const wire::Hooked& post, Collected&) { take_post(post); });
}

void ThreemaInbox::interrupt() noexcept {
  http_.interrupt();
  if (hook_) hook_->interrupt();
}

Polling::Asked ThreemaInbox::ask() {
  if (!hook_) return {{}, kWithoutHook, {}};
  Polling::Asked asked = hook_->ask();
  std::vector<ThreemaPost> still_closed;
  for (ThreemaPost& post : closed_)
    // When the Gateway is out of reach for one, it is not asked for the others now.
    if (!still_closed.empty() || !open(post, asked.collected))
      still_closed.push_back(std::move(post));
  closed_ = std::move(still_closed);
  if (!closed_.empty()) {
    asked.pause = std::max<base::Milliseconds>(asked.pause, std::chrono::seconds{5});
    if (asked.trouble.empty()) asked.trouble = "Threema is out of reach for keys of who answered";
  }
  return asked;
}

void ThreemaInbox::take_post(const wire::Hooked& hooked) {
  auto post = parse_threema_post(hooked.body, access_.secret());
  // Whoever was never written to is a stranger, for whom the Gateway is not asked.
  if (!post || post->to != access_.id() || !keys_.is_kept(post->from)) return;
  if (closed_.size() < kMostClosed) closed_.push_back(*std::move(post));
}

bool ThreemaInbox::open(const ThreemaPost& post, Collected& collected) {
  auto key = keys_.find(post.from);
  if (!key) {
    const HttpAnswer answer = http_.perform(access_.key_of(post.from));
    if (answer.failure != HttpFailure::none || answer.status >= 500) return false;
    key = parse_threema_key(answer.body);
    if (answer.status != 200 || !key) return true;  // it can never be opened
    if (keys_.keep(post.from, *key) == ThreemaKeys::Kept::changed) return true;
  }
  const auto content = seal::unbox(post.box, post.nonce, *key, access_.key());
  if (content) take_content(post, *content, collected);
  return true;
}

void ThreemaInbox::take_content(const ThreemaPost& post, base::ByteView bytes,
                                Collected& collected) {
  const ThreemaContent content = parse_threema_content(bytes);
  const base::Instant at = std::min(post.date, clock_.now());
  const std::string theirs = post.from + ':' + post.name;
  if (const auto* words = std::get_if<ThreemaWords>(&content)) {
    collected.said.push_back({said_id("threema", theirs), post.from, words->text, at});
    return;
  }
  const auto* receipt = std::get_if<ThreemaReceipt>(&content);
  if (receipt == nullptr) return;
  const bool is_answer =
      receipt->says == ThreemaSays::agreed || receipt->says == ThreemaSays::declined;
  for (const std::string& name : receipt->messages) {
    const Receipt state =
        receipt->says == ThreemaSays::received ? Receipt::delivered : Receipt::read;
    if (const auto delivery = sent_.receipt(name, post.from, state))
      collected.deliveries.push_back(*delivery);
    const auto about = is_answer ? sent_.asked(name) : std::nullopt;
    if (!about) continue;
    collected.said.push_back({said_id("threema", fmt::format("{}:{}", theirs, name)), post.from,
                              receipt->says == ThreemaSays::agreed ? "Y" : "N", at, about});
  }
}

}  // namespace tocsin::channel
