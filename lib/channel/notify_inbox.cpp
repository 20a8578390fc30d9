#include "channel/notify_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "channel/verdict.h"

namespace tocsin::channel {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Milliseconds kBetweenRounds = seconds{5};
constexpr base::Milliseconds kLongestBetweenRounds = minutes{5};
// For each page that a round took, so that a long list is not read all the time.
constexpr base::Milliseconds kForEachPage = seconds{1};
constexpr int kMostPages = 200;
// Notify keeps both lists for a week. Who texts back does so on the same night.
constexpr base::Milliseconds kLookBack = hours{24};
// A text may be listed later than one that was accepted after it.
constexpr base::Milliseconds kListedLate = minutes{1};

std::string trouble_of(const HttpAnswer& answer) {
  return reading_trouble(answer, "what GOV.UK Notify lists",
                         "it refuses the API key, or this machine's clock is wrong");
}

}  // namespace

NotifyInbox::NotifyInbox(NotifyAccess& access, const base::Clock& clock, NotifyMedium medium)
    : access_(access),
      clock_(clock),
      medium_(medium),
      http_(HttpSettings{}),
      texts_(medium == NotifyMedium::text ? "/v2/notifications?template_type=sms"
                                          : "/v2/notifications?template_type=email",
             clock.steady()),
      replies_("/v2/received-text-messages", clock.steady()) {}

void NotifyInbox::expect(const seal::MessageId& message, Receipt receipt) {
  const base::Instant now = access_.now();
  const std::lock_guard lock{mutex_};
  awaited_.insert_or_assign(message, Awaited{now, receipt});
  last_given_ = now;
}

HttpRequest NotifyInbox::request(const List& list) const {
  if (list.older_than.empty()) return access_.get(list.target);
  const char between = list.target.find('?') == std::string_view::npos ? '?' : '&';
  return access_.get(fmt::format("{}{}older_than={}", list.target, between, list.older_than));
}

Polling::Asked NotifyInbox::ask() {
  const base::Milliseconds now = clock_.steady();
  std::vector<List*> asked_for;
  for (List* list : {&texts_, &replies_}) {
    if (due(*list) > now) continue;
    asked_for.push_back(list);
    if (std::exchange(list->is_resting, false)) list->pages = 0;
    if (list->pages == 0) list->begun = now;
  }
  const auto answers = http_.perform(asked_for.size(), asked_for.size(),
                                     [&](std::size_t i) { return request(*asked_for[i]); });
  Polling::Asked asked;
  for (std::size_t i = 0; i < asked_for.size(); ++i) {
    List& list = *asked_for[i];
    const bool is_taken = &list == &texts_ ? take_texts(answers[i], asked.collected)
                                           : take_replies(answers[i], asked.collected);
    if (!is_taken) {
      put_off(list, answers[i]);
      continue;
    }
    list.setback.is_over();
    list.trouble.clear();
  }
  asked.trouble = texts_.trouble.empty() ? replies_.trouble : texts_.trouble;
  // A text that is sent meanwhile makes both lists due sooner.
  asked.pause = std::clamp(std::min(due(texts_), due(replies_)) - clock_.steady(),
                           base::Milliseconds{0}, kBetweenRounds);
  return asked;
}

base::Milliseconds NotifyInbox::due(const List& list) {
  // Nobody mails back to Notify.
  if (&list == &replies_ && medium_ == NotifyMedium::email) return base::Milliseconds::max();
  if (!list.is_resting) return list.due;
  if (&list == &texts_ && !is_awaiting()) return base::Milliseconds::max();
  return list.begun + interval(list);
}

bool NotifyInbox::take_texts(const HttpAnswer& answer, Collected& collected) {
  if (answer.failure != HttpFailure::none || answer.status != 200) return false;
  const auto page = parse_notify_texts(answer.body);
  if (!page) return false;
  ++texts_.pages;
  const base::Instant until = std::max(mark_, horizon());
  bool is_past = page->empty();
  for (const NotifyText& text : *page) {
    if (text.created < until) is_past = true;
    if (is_past || !text.message) continue;
    if (auto delivery = outcome(text)) collected.deliveries.push_back(*std::move(delivery));
  }
  if (is_past)
    end_round(texts_);
  else
    go_on(texts_, page->back().id);
  return true;
}

// What is new about one of our texts. Of several for one message the newest counts, but one that
// was delivered always does.
std::optional<Delivery> NotifyInbox::outcome(const NotifyText& text) {
  newest_ = std::max(newest_, text.created);
  {
    const std::lock_guard lock{mutex_};
    last_given_ = std::max(last_given_.value_or(base::Instant{}), text.created);
  }
  const bool is_newest = decided_.insert(*text.message).second;
  if (!is_newest && text.state != NotifyState::delivered) return std::nullopt;
  if (text.state == NotifyState::open) {
    open_since_ = std::min(open_since_.value_or(text.created), text.created);
    return accepted(text);
  }
  const bool is_known = !texts_.met.insert(text.id).second || texts_.known.contains(text.id);
  {
    const std::lock_guard lock{mutex_};
    awaited_.erase(*text.message);
  }
  if (is_known) return std::nullopt;
  const bool is_text = medium_ == NotifyMedium::text;
  switch (text.state) {
    case NotifyState::open:
      break;
    case NotifyState::sent:
      return Delivery{*text.message, Receipt::sent, {}, {}};
    case NotifyState::delivered:
      return Delivery{*text.message, Receipt::delivered, {}, {}};
    case NotifyState::permanent_failure:
      return Delivery{*text.message,
                      Receipt::failed_for_good,
                      is_text ? "the network does not know the number, or refuses the text"
                              : "a mail server does not know the address, or refuses the mail",
                      {}};
    case NotifyState::temporary_failure:
      return Delivery{*text.message,
                      Receipt::failed_for_now,
                      is_text ? "the telephone is off, has no signal, or is full"
                              : "the mailbox is full, or its server is out of reach",
                      {}};
    case NotifyState::technical_failure:
      return Delivery{*text.message,
                      Receipt::failed_for_now,
                      is_text ? "GOV.UK Notify could not hand it to a network"
                              : "GOV.UK Notify could not send it",
                      {}};
  }
  return std::nullopt;
}

// A text of which it was not known, here or at all, that Notify has it.
std::optional<Delivery> NotifyInbox::accepted(const NotifyText& text) {
  const std::lock_guard lock{mutex_};
  Awaited& awaited =
      awaited_.try_emplace(*text.message, Awaited{text.created, Receipt::unknown}).first->second;
  if (awaited.receipt == Receipt::sent) return std::nullopt;
  awaited.receipt = Receipt::sent;
  return Delivery{*text.message, Receipt::sent, {}, {}};
}

bool NotifyInbox::take_replies(const HttpAnswer& answer, Collected& collected) {
  if (answer.failure != HttpFailure::none || answer.status != 200) return false;
  auto page = parse_notify_replies(answer.body);
  if (!page) return false;
  ++replies_.pages;
  bool is_past = page->empty();
  // Said by this machine's clock, by which it is compared with what was sent.
  const base::Milliseconds ahead =
      answer.date ? *answer.date - clock_.now() : base::Milliseconds{0};
  for (NotifyReply& reply : *page) {
    if (reply.created < horizon()) {
      is_past = true;
      continue;
    }
    // The rest of the page is looked at all the same: Notify may list a text late.
    const bool is_known = replies_.known.contains(reply.id);
    is_past = is_past || is_known;
    if (!replies_.met.insert(reply.id).second || is_known || !reply.said) continue;
    reply.said->at -= ahead;
    collected.said.push_back(*std::move(reply.said));
  }
  if (is_past)
    end_round(replies_);
  else
    go_on(replies_, page->back().id);
  return true;
}

void NotifyInbox::go_on(List& list, const std::string& last) {
  if (list.pages >= kMostPages) return end_round(list);
  list.older_than = last;  // due at once
}

void NotifyInbox::end_round(List& list) {
  if (&list == &texts_) {
    mark_ = open_since_ ? *open_since_ : std::max(mark_, newest_ - kListedLate);
    is_first_round_ = false;
    open_since_.reset();
    decided_.clear();
  }
  list.is_resting = true;
  list.older_than.clear();
  list.known = std::move(list.met);
  list.met.clear();
}

// What was read of the round is kept, and the page is asked for again.
void NotifyInbox::put_off(List& list, const HttpAnswer& answer) {
  access_.learn_time(answer);
  list.trouble = trouble_of(answer);
  const bool is_refused = answer.failure == HttpFailure::none && answer.status >= 400 &&
                          answer.status < 500 && answer.status != 429;
  if (is_refused) {  // perhaps for that id: begin at the newest
    list.older_than.clear();
    list.pages = 0;
    if (&list == &texts_) decided_.clear();
  }
  list.due = clock_.steady() + list.setback.next(answer.retry_after);
}

// Whether the outcome of some text may still come.
bool NotifyInbox::is_awaiting() {
  const base::Instant now = access_.now();
  const std::lock_guard lock{mutex_};
  std::erase_if(awaited_, [&](const auto& one) { return one.second.given + kLookBack < now; });
  return !awaited_.empty();
}

// The longer ago the last text was, the less often.
base::Milliseconds NotifyInbox::interval(const List& list) const {
  base::Milliseconds quiet = kLookBack;
  {
    const std::lock_guard lock{mutex_};
    if (last_given_) quiet = access_.now() - *last_given_;
  }
  return std::max(
      {kBetweenRounds, kForEachPage * list.pages, std::min(quiet / 60, kLongestBetweenRounds)});
}

base::Instant NotifyInbox::horizon() const { return access_.now() - kLookBack; }

}  // namespace tocsin::channel
