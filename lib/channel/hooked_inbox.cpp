#include "channel/hooked_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/fault.h"

namespace tocsin::channel {

namespace {

using std::chrono::seconds;

// A stranger's key, which is what the hook's is to a relay, may ask twice a second.
constexpr base::Milliseconds kBetweenHookPages = seconds{2};

}  // namespace

HookedAt hooked_at(std::string_view address, const Parts& parts) {
  constexpr std::string_view kPath = "/hook/";
  const std::size_t at = address.rfind(kPath);
  const auto origin =
      at == std::string_view::npos ? std::nullopt : parse_origin(address.substr(0, at));
  const std::string_view name = origin ? address.substr(at + kPath.size()) : std::string_view{};
  if (!wire::is_hook_name(name))
    throw base::Fault(base::Exit::invalid, "a hook in tocsin.yaml is no address of a relay's hook",
                      "write it as https://RELAY/hook/NAME");
  // It may be another relay than the home's, whose pins are then not its.
  const bool is_ours = origin->url == parts.relay.url;
  return {{origin->url, is_ours ? parts.relay.pins : std::vector<std::string>{}},
          parts.hook_key(name),
          std::string{name},
          std::string{address}};
}

HookedInbox::HookedInbox(HookedAt at, const base::Clock& clock, Take take)
    : at_(std::move(at)),
      clock_(clock),
      take_(std::move(take)),
      mailbox_(at_.relay, credentials_of(at_.key, std::nullopt), clock),
      due_(clock.steady()) {}

Polling::Asked HookedInbox::ask() {
  Polling::Asked asked;
  const base::Milliseconds now = clock_.steady();
  if (now < due_) {
    asked.pause = due_ - now;
    asked.trouble = trouble_;
    return asked;
  }
  const Mailbox::Page page = mailbox_.poll(read_, seconds{0});
  if (page.trouble.empty()) {
    setback_.is_over();
    trouble_.clear();
    asked.pause = page.items.empty() ? kBetweenHookPages : base::Milliseconds{0};
  } else {
    asked.pause = setback_.next(page.retry_after);
    trouble_ = fmt::format("the hook {} cannot be read: {}", at_.hook, page.trouble);
  }
  due_ = now + asked.pause;
  asked.trouble = trouble_;
  ahead_ = page.ahead;
  for (const wire::Item& item : page.items) {
    read_ = std::max(read_, item.cursor);
    // Whoever may write to mailboxes can write to this one, but cannot make such an item.
    if (item.kind != wire::ItemKind::hooked) continue;
    auto post = wire::open_hooked(item.envelope, at_.key.opening);
    if (!post || post->hook != at_.hook) continue;
    // By this machine's clock, by which it is compared with what was sent.
    post->at -= ahead_;
    take_(*post, asked.collected);
  }
  return asked;
}

}  // namespace tocsin::channel
