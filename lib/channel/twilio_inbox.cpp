#include "channel/twilio_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "base/form.h"
#include "channel/verdict.h"

namespace tocsin::channel {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Milliseconds kBetweenLists = seconds{5};
constexpr base::Milliseconds kBetweenListsBesideHook = seconds{30};
constexpr base::Milliseconds kLongestBetweenLists = minutes{5};
// For each page that a round took, so that a long list is not read all the time.
constexpr base::Milliseconds kForEachListPage = seconds{1};
constexpr int kMostListPages = 200;
constexpr std::string_view kTexts = "Messages.json";
// Who texts back does so on the same night.
constexpr base::Milliseconds kTextsLookBack = hours{24};
// Twilio keeps a text for a network at most so long (ValidityPeriod).
constexpr base::Milliseconds kOutcomeComes = hours{10};
// A text may be listed later than one that was accepted after it, and its clock is not ours.
constexpr base::Milliseconds kListedLateBy = minutes{5};

std::string trouble_with_list(const HttpAnswer& answer) {
  return reading_trouble(answer, "Twilio's list of texts", "it refuses the auth token");
}

}  // namespace

TwilioInbox::TwilioInbox(const TwilioAccess& access, const base::Clock& clock,
                         std::optional<HookedAt> hook)
    : access_(access),
      clock_(clock),
      http_(HttpSettings{}),
      mark_(clock.now() - kTextsLookBack),
      due_(clock.steady()) {
  if (!hook) return;
  const auto take = [this](const wire::Hooked& post, Collected& collected) {
    take_post(post, collected);
  };
  hook_ = std::make_unique<HookedInbox>(*std::move(hook), clock_, take);
}

void TwilioInbox::expect(const seal::MessageId& message, std::string sid, std::string to,
                         std::string body) {
  const base::Instant now = clock_.now();
  const std::lock_guard lock{mutex_};
  Awaited awaited{now, std::move(sid), std::move(to), std::move(body), {}};
  if (!awaited.sid.empty()) {
    awaited.said = Receipt::sent;
    by_sid_.insert_or_assign(awaited.sid, message);
  }
  awaited_.insert_or_assign(message, std::move(awaited));
  last_given_ = now;
}

void TwilioInbox::interrupt() noexcept {
  http_.interrupt();
  if (hook_) hook_->interrupt();
}

Polling::Asked TwilioInbox::ask() {
  Polling::Asked asked;
  if (hook_) asked = hook_->ask();
  const base::Milliseconds after_hook =
      hook_ ? asked.pause : base::Milliseconds{kLongestBetweenLists};
  // A text that was sent meanwhile makes the list due sooner.
  if (trouble_.empty()) due_ = std::min(due_, clock_.steady() + interval());
  if (due_ <= clock_.steady()) ask_list(asked);
  if (asked.trouble.empty()) asked.trouble = trouble_;
  asked.pause = std::clamp(std::min(due_ - clock_.steady(), after_hook), base::Milliseconds{0},
                           kBetweenLists);
  return asked;
}

void TwilioInbox::ask_list(Polling::Asked& asked) {
  if (next_.empty()) {
    pages_ = 0;
    begun_ = clock_.now();
  }
  const HttpAnswer answer = http_.perform(access_.get(next_.empty() ? first_page() : next_));
  if (take_page(answer, asked.collected)) {
    setback_.is_over();
    trouble_.clear();
    return;
  }
  trouble_ = trouble_with_list(answer);
  next_.clear();  // perhaps it is that page: begin at the newest
  due_ = clock_.steady() + setback_.next(answer.retry_after);
}

// Whole days, which is what Twilio takes.
std::string TwilioInbox::first_page() const {
  const std::string day = base::to_rfc3339(mark_).substr(0, 10);
  return fmt::format("{}?PageSize=500&DateSent%3E={}", access_.path_of(kTexts), day);
}

bool TwilioInbox::take_page(const HttpAnswer& answer, Collected& collected) {
  if (answer.failure != HttpFailure::none || answer.status != 200) return false;
  auto page = parse_twilio_page(answer.body, access_.path_of(kTexts));
  if (!page) return false;
  ++pages_;
  // By this machine's clock, by which it is compared with what was sent.
  const base::Milliseconds ahead =
      answer.date ? *answer.date - clock_.now() : base::Milliseconds{0};
  const base::Instant horizon = clock_.now() - kTextsLookBack;
  for (const TwilioText& text : page->texts)
    if (text.created - ahead >= horizon) take_text(text, text.created - ahead, collected);
  for (Said& said : page->replies) {
    said.at -= ahead;
    if (said.at >= horizon) take_reply(std::move(said), collected);
  }
  const bool is_past = page->newest && *page->newest - ahead < mark_;
  if (is_past || page->next.empty() || pages_ >= kMostListPages) {
    end_round();
  } else {
    next_ = std::move(page->next);
    due_ = clock_.steady();
  }
  return true;
}

// Goes back, in the next round, to the oldest text whose outcome may still come.
void TwilioInbox::end_round() {
  next_.clear();
  const base::Instant now = clock_.now();
  base::Instant mark = begun_;
  {
    const std::lock_guard lock{mutex_};
    std::erase_if(awaited_, [&](const auto& one) {
      if (one.second.given + kTextsLookBack >= now) return false;
      by_sid_.erase(one.second.sid);
      return true;
    });
    for (const auto& [message, awaited] : awaited_)
      if ((!awaited.said || *awaited.said == Receipt::sent) && awaited.given + kOutcomeComes > now)
        mark = std::min(mark, awaited.given);
  }
  mark_ = std::max(mark - kListedLateBy, now - kTextsLookBack);
  due_ = clock_.steady() + interval();
}

void TwilioInbox::take_text(const TwilioText& text, base::Instant at, Collected& collected) {
  const std::lock_guard lock{mutex_};
  last_given_ = std::max(last_given_.value_or(at), at);
  const auto message = message_of(text, at);
  if (message && text.outcome)
    take_outcome(*message, awaited_.at(*message), *text.outcome, collected);
}

// Twilio keeps no name of ours. A text of which we have no answer is known by its number, its words
// and its time; a trial account puts words of its own before ours.
std::optional<seal::MessageId> TwilioInbox::message_of(const TwilioText& text, base::Instant at) {
  if (const auto known = by_sid_.find(text.sid); known != by_sid_.end()) return known->second;
  for (auto& [message, awaited] : awaited_) {
    if (!awaited.sid.empty() || awaited.to.empty() || awaited.to != text.to ||
        !text.body.ends_with(awaited.body) || at + minutes{1} < awaited.given)
      continue;
    awaited.sid = text.sid;
    by_sid_.emplace(text.sid, message);
    return message;
  }
  return std::nullopt;
}

// Says what is new. What comes late from a hook undoes nothing.
void TwilioInbox::take_outcome(const seal::MessageId& message, Awaited& awaited,
                               const TwilioOutcome& outcome, Collected& collected) {
  if (awaited.said && (*awaited.said != Receipt::sent || outcome.receipt == Receipt::sent)) return;
  awaited.said = outcome.receipt;
  collected.deliveries.push_back({message, outcome.receipt, std::string{outcome.reason}, {}});
}

void TwilioInbox::take_reply(Said said, Collected& collected) {
  if (heard_.insert(said.id).second) collected.said.push_back(std::move(said));
}

// A reply, or what became of the text that the query names.
void TwilioInbox::take_post(const wire::Hooked& post, Collected& collected) {
  const auto form = base::read_form(base::text_of(post.body));
  const auto query = base::read_form(post.query);
  if (!form || !query) return;
  const std::string_view status = base::value_of(*form, "MessageStatus");
  if (status.empty()) {
    if (auto reply = twilio_reply(*form, post.at)) take_reply(*std::move(reply), collected);
    return;
  }
  const auto message = seal::message_id_from_text(base::value_of(*query, "m"));
  const std::string_view code = base::value_of(*form, "ErrorCode");
  int error = 0;
  std::from_chars(code.data(), code.data() + code.size(), error);
  const auto outcome = twilio_outcome(status, error);
  if (!message || !outcome) return;
  const std::lock_guard lock{mutex_};
  // Also of one that an earlier process has sent.
  Awaited& awaited = awaited_.try_emplace(*message, Awaited{post.at}).first->second;
  take_outcome(*message, awaited, *outcome, collected);
}

// The longer ago the last text was, the less often.
base::Milliseconds TwilioInbox::interval() const {
  base::Milliseconds quiet = kTextsLookBack;
  {
    const std::lock_guard lock{mutex_};
    if (last_given_) quiet = clock_.now() - *last_given_;
  }
  return std::max({hook_ ? kBetweenListsBesideHook : kBetweenLists, kForEachListPage * pages_,
                   std::min(quiet / 60, kLongestBetweenLists)});
}

}  // namespace tocsin::channel
