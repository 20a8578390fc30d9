#include "control/waking.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "control/enrolments.h"
#include "control/wakeable.h"

namespace tocsin::control {

Waking::Waking(Session& session, channel::RelayChannel& relay, const channel::Parts& parts)
    : session_(session), relay_(relay), clock_(parts.clock) {
  const home::Channel* push = push_setting(session.home());
  if (push == nullptr) return;
  attempt([&] {
    waking_ = std::make_unique<channel::WakingChannel>(
        relay, channel::PushChannel::make(push->settings, parts), clock_, parts.listen);
  });
  if (!trouble_.empty()) trouble_ += "; put it right and begin anew";
}

channel::Channel& Waking::channel() noexcept {
  if (waking_) return *waking_;
  return relay_;
}

void Waking::attempt(const std::function<void()>& act) {
  try {
    act();
  } catch (const base::Fault& fault) {
    trouble_ = fmt::format("nobody is woken by push: {}", fault.what());
  }
}

void Waking::look() {
  if (!waking_ || !pace_.take(clock_.now())) return;
  attempt([this] {
    take_subscribed();
    waking_->know(read_subscriptions(session_.home(), session_.keys().store).by_mailbox());
    trouble_.clear();
  });
}

// What waits to be enrolled is for "staff enrolled", and stays. One page a turn: whoever has
// answered waits for this.
void Waking::take_subscribed() {
  if (!relay_.trouble().empty()) return;
  std::vector<roster::PendingInvitation> none;
  const auto& membership = session_.state().membership;
  const Waiting waiting = Enrolments{session_.home(), session_.keys(), clock_}.fetch(
      none, membership ? *membership : roster::Membership{}, Sought{{}, cursor_, 1});
  take_subscriptions(session_.home(), session_.keys(), waiting, session_.random());
  if (waiting.cursor > cursor_) pace_.hurry();  // there may be another page
  cursor_ = waiting.cursor;
}

void Waking::retire_gone() {
  if (!waking_) return;
  attempt([this] {
    const auto gone = waking_->take_gone();
    if (gone.empty()) return;
    change_subscriptions(session_.home(), session_.keys().store, session_.random(),
                         [&](auto& book) {
                           bool any = false;
                           for (const channel::WakingChannel::Gone& one : gone)
                             if (const auto device = seal::key_id_from_text(one.mailbox))
                               any = book.retire(*device, one.subscription) || any;
                           return any;
                         });
  });
}

std::string Waking::trouble() const {
  const std::string trouble = waking_ ? waking_->trouble() : std::string{};
  return trouble.empty() ? trouble_ : trouble;
}

}  // namespace tocsin::control
