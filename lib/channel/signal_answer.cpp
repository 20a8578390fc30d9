#include "channel/signal_answer.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "channel/json_answer.h"
#include "contact/telephone.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostSignalText = 64 * 1024;
constexpr std::size_t kMostSignalReceipts = 1'000;
constexpr std::int64_t kLongestSignalRetry = 7 * 24 * 3'600;  // seconds

// 0 when it is no number, or none that can be a time.
std::int64_t signal_number(const Json& object, std::string_view name) {
  const Json& value = member(object, name);
  constexpr std::int64_t kMost = std::int64_t{1} << 48;
  if (!value.is_number_integer()) return 0;
  const bool is_sound = value.is_number_unsigned()
                            ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMost)
                            : value.get<std::int64_t>() >= 0;
  return is_sound ? value.get<std::int64_t>() : 0;
}

bool is_true(const Json& value) { return value.is_boolean() && value.get<bool>(); }

SignalOutcome outcome_of(std::string_view type) {
  constexpr auto kTypes = std::to_array<std::pair<std::string_view, SignalOutcome>>({
      {"SUCCESS", SignalOutcome::sent},
      {"UNREGISTERED_FAILURE", SignalOutcome::unregistered},
      {"IDENTITY_FAILURE", SignalOutcome::untrusted},
      {"RATE_LIMIT_FAILURE", SignalOutcome::limited},
  });
  const auto found =
      std::ranges::find(kTypes, type, &std::pair<std::string_view, SignalOutcome>::first);
  if (found != kTypes.end()) return found->second;
  return type.empty() ? SignalOutcome::unclear : SignalOutcome::failed_for_now;
}

SignalOutcome outcome_of_error(std::int64_t code) {
  switch (code) {
    case -3:
      return SignalOutcome::failed_for_now;
    case -4:
      return SignalOutcome::untrusted;
    case -5:
    case -6:
      return SignalOutcome::limited;
    default:
      return SignalOutcome::refused;
  }
}

// Of the only recipient.
std::optional<SignalSent> result_of(const Json& response) {
  const Json& results = member(response, "results");
  if (!results.is_array() || results.empty()) return std::nullopt;
  const Json& first = results.front();
  SignalSent sent{outcome_of(text_member(first, "type")), signal_number(response, "timestamp"), {}};
  sent.retry_after = std::chrono::seconds{
      std::min(signal_number(first, "retryAfterSeconds"), kLongestSignalRetry)};
  return sent;
}

std::optional<std::string> number_of_source(const Json& envelope) {
  const auto read = contact::parse_telephone(text_member(envelope, "sourceNumber"));
  const auto* number = std::get_if<contact::Telephone>(&read);
  return number == nullptr ? std::nullopt : std::optional{number->e164};
}

bool take_receipts(const Json& message, SignalEvent& event) {
  const Json& times = member(message, "timestamps");
  if (!times.is_array()) return false;
  if (is_true(member(message, "isRead")) || is_true(member(message, "isViewed")))
    event.receipt = Receipt::read;
  else if (!is_true(member(message, "isDelivery")))
    return false;
  for (const Json& time : times) {
    if (event.receipts.size() >= kMostSignalReceipts) break;
    if (!time.is_number_unsigned()) continue;
    const auto at = time.get<std::uint64_t>();
    if (at <= static_cast<std::uint64_t>(std::numeric_limits<SignalTime>::max()))
      event.receipts.push_back(static_cast<SignalTime>(at));
  }
  return !event.receipts.empty();
}

bool take_vote(const Json& vote, SignalEvent& event) {
  const Json& chosen = member(vote, "optionIndexes");
  event.about = signal_number(vote, "targetSentTimestamp");
  if (!chosen.is_array() || chosen.size() != 1 || !chosen.front().is_number_unsigned())
    return false;
  event.option = chosen.front().get<std::size_t>();
  return event.about != 0;
}

bool take_words(const Json& message, SignalEvent& event) {
  if (!member(message, "groupInfo").is_null() || !member(message, "groupV2").is_null())
    return false;
  if (const Json& vote = member(message, "pollVote"); !vote.is_null())
    return take_vote(vote, event);
  event.words = beginning_of(text_member(message, "message", kMostSignalText), kMostSaidBytes);
  event.about = signal_number(member(message, "quote"), "id");
  return !event.words.empty();
}

}  // namespace

SignalSent parse_signal_sent(base::ByteView body) {
  const Json answer = parse_answer(body);
  if (const auto sent = result_of(member(answer, "result"))) return *sent;
  const Json& error = member(answer, "error");
  if (!error.is_object()) return {};
  if (const auto sent = result_of(member(member(error, "data"), "response"))) return *sent;
  const Json& code = member(error, "code");
  return {outcome_of_error(code.is_number_integer() && !code.is_number_unsigned()
                               ? code.get<std::int64_t>()
                               : 0),
          0,
          {}};
}

std::optional<SignalEvent> parse_signal_event(std::string_view data) {
  const Json parsed = parse_answer(base::bytes_of(data));
  const Json& envelope = member(parsed, "envelope");
  auto from = number_of_source(envelope);
  const SignalTime time = signal_number(envelope, "timestamp");
  if (!from || time == 0) return std::nullopt;
  // Signal itself names a message by its sender and its time.
  SignalEvent event{*std::move(from), {}, {}};
  event.theirs = event.from + ':' + std::to_string(time);
  const SignalTime received = signal_number(envelope, "serverReceivedTimestamp");
  event.at = base::Instant{base::Milliseconds{received == 0 ? time : received}};
  const Json& edited = member(member(envelope, "editMessage"), "dataMessage");
  if (const Json& receipts = member(envelope, "receiptMessage"); !receipts.is_null())
    return take_receipts(receipts, event) ? std::optional{event} : std::nullopt;
  return take_words(edited.is_null() ? member(envelope, "dataMessage") : edited, event)
             ? std::optional{event}
             : std::nullopt;
}

}  // namespace tocsin::channel
