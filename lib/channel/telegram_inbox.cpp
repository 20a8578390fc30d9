#include "channel/telegram_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "channel/json_answer.h"
#include "channel/verdict.h"

namespace tocsin::channel {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Milliseconds kUpdatesWait = seconds{50};
// Of the network, beside the time that Telegram is asked to wait.
constexpr base::Milliseconds kRoundTrip = seconds{10};
constexpr base::Milliseconds kFarewell = seconds{3};
// Half of what Telegram gives, so that a page of the longest texts is not too large.
constexpr int kUpdatesInPage = 50;
constexpr std::size_t kTapsAtOnce = 10;
constexpr base::Milliseconds kWantedFor = minutes{2};
// There is nothing to ask for until somebody hurries.
constexpr base::Milliseconds kUntilHurried = minutes{10};
// After an answer that came at once and brought nothing.
constexpr base::Milliseconds kBetweenPages = seconds{1};

std::string telegram_trouble_of(const HttpAnswer& answer) {
  constexpr std::string_view kWhat = "what people answer on Telegram";
  constexpr std::string_view kRefused = "it refuses the bot's token";
  if (answer.failure == HttpFailure::none && answer.status == 409)
    return fmt::format("{} cannot be read: another program, or a webhook, takes what this bot gets",
                       kWhat);
  if (answer.failure == HttpFailure::none && answer.status == 404)  // a token of no bot
    return fmt::format("{} cannot be read: {}", kWhat, kRefused);
  return reading_trouble(answer, kWhat, kRefused);
}

}  // namespace

TelegramInbox::TelegramInbox(const TelegramAccess& access, const base::Clock& clock, Listen listen)
    : access_(access),
      clock_(clock),
      wait_(listen == Listen::background ? kUpdatesWait : base::Milliseconds{0}),
      http_(HttpSettings{}) {}

TelegramInbox::~TelegramInbox() {
  if ((!due_.kept && due_.taps.empty()) || !trouble_.empty()) return;
  http_.resume();
  HttpRequest updates = updates_after(due_, 1, base::Milliseconds{0});
  updates.patience = kFarewell;
  say(due_, std::move(updates));
}

bool TelegramInbox::want() {
  const std::lock_guard lock{mutex_};
  wanted_ = clock_.steady();
  return std::exchange(has_ceased_, false);
}

bool TelegramInbox::keep() {
  const std::lock_guard lock{mutex_};
  if (!given_.kept) return false;
  due_.kept = std::exchange(given_.kept, std::nullopt);
  std::move(given_.taps.begin(), given_.taps.end(), std::back_inserter(due_.taps));
  given_.taps.clear();
  return true;
}

Polling::Asked TelegramInbox::ask() {
  Due due;
  {
    const std::lock_guard lock{mutex_};
    has_ceased_ = !wanted_ || clock_.steady() - *wanted_ > kWantedFor;
    if (given_.kept || has_ceased_) return {{}, kUntilHurried, trouble_};
    due = std::exchange(due_, {});
  }
  const base::Milliseconds begun = clock_.steady();
  const HttpAnswer answer = say(due, updates_after(due, kUpdatesInPage, wait_));
  auto page = answer.failure == HttpFailure::none && answer.status == 200
                  ? parse_telegram_updates(answer.body)
                  : std::nullopt;
  Polling::Asked asked;
  if (!page) {
    const std::lock_guard lock{mutex_};
    due_.kept = due.kept;  // a tap is not acknowledged twice
    trouble_ = telegram_trouble_of(answer);
    asked.pause = setback_.next(
        std::max(answer.retry_after, parse_telegram_refusal(answer.body).retry_after));
  } else {
    setback_.is_over();
    trouble_.clear();
    asked.collected = take(*std::move(page), answer);
    const bool is_quick = clock_.steady() - begun < kBetweenPages;
    asked.pause = asked.collected.has_any() ? kUntilHurried
                  : is_quick                ? kBetweenPages
                                            : base::Milliseconds{0};
  }
  asked.trouble = trouble_;
  return asked;
}

HttpRequest TelegramInbox::updates_after(const Due& due, int most, base::Milliseconds wait) const {
  // Without an offset it gives the oldest that was not confirmed: Telegram may begin again with
  // smaller numbers after a quiet week.
  HttpRequest request = access_.get(fmt::format(
      "getUpdates?limit={}&timeout={}&allowed_updates=%5B%22message%22%2C"
      "%22callback_query%22%5D{}",
      most, wait / seconds{1}, due.kept ? fmt::format("&offset={}", *due.kept) : std::string{}));
  request.patience = wait + kRoundTrip;
  return request;
}

// Acknowledges taps beside a request for updates, whose answer it returns.
HttpAnswer TelegramInbox::say(const Due& due, HttpRequest updates) {
  auto answers = http_.perform(due.taps.size() + 1, kTapsAtOnce, [&](std::size_t i) {
    if (i == 0) return std::move(updates);
    // A tick says that it arrived, and nothing of an incident.
    const Json body{{"callback_query_id", due.taps[i - 1]}, {"text", "\u2713"}};
    HttpRequest request = access_.post("answerCallbackQuery",
                                       body.dump(-1, ' ', false, Json::error_handler_t::replace));
    request.patience = kFarewell;
    return request;
  });
  return std::move(answers.front());
}

Collected TelegramInbox::take(std::vector<TelegramUpdate> page, const HttpAnswer& answer) {
  Collected collected;
  const std::lock_guard lock{mutex_};
  if (page.empty()) return collected;
  const base::Instant now = clock_.now();
  const base::Milliseconds ahead = answer.date ? *answer.date - now : base::Milliseconds{0};
  Due given;
  for (TelegramUpdate& update : page) {
    given.kept = std::max(given.kept.value_or(0), update.id + 1);
    if (!update.tap.empty()) given.taps.push_back(std::move(update.tap));
    if (!update.said) continue;
    const bool is_met = std::ranges::any_of(
        collected.said, [&](const Said& said) { return said.id == update.said->id; });
    if (is_met) continue;
    // Said by this machine's clock, by which it is compared with what was sent.
    update.said->at = update.is_timed ? update.said->at - ahead : now;
    collected.said.push_back(*std::move(update.said));
  }
  (collected.said.empty() ? due_ : given_) = std::move(given);
  return collected;
}

}  // namespace tocsin::channel
