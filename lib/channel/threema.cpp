#include "channel/threema.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/fault.h"
#include "channel/threema_message.h"

namespace tocsin::channel {

namespace {

using std::chrono::minutes;

constexpr std::string_view kThreema = "Threema";
constexpr std::string_view kThreemaOrigin = "https://msgapi.threema.ch";
// Threema publishes no limit.
constexpr base::Rate kThreemaRate{100, 50};
constexpr std::size_t kInBulk = 100;
constexpr std::size_t kKeysAtOnce = 20;
constexpr base::Milliseconds kCreditsAreSpent = minutes{5};
constexpr std::string_view kThreemaBusy = "Threema takes no more at the moment";
constexpr std::string_view kNoCredits = "the Gateway ID has no credits left at Threema";
constexpr std::string_view kNoSuchId = "there is no such Threema ID";

// What a status says of one message, or of all in a request.
Verdict threema_refusal(int status) {
  switch (status) {
    case 401:
      return {Receipt::failed_for_now, "Threema refuses the Gateway ID, or its API secret"};
    case 402:
      return {Receipt::failed_for_good, std::string{kNoCredits}};
    case 404:
      return {Receipt::failed_for_good, std::string{kNoSuchId}};
    case 413:
      return {Receipt::failed_for_good, "the message is too long for Threema"};
    case 429:
      return {Receipt::failed_for_now, std::string{kThreemaBusy}, true};
    default:
      if (status >= 500) return {Receipt::unknown, "Threema is in trouble"};
      return {Receipt::failed_for_good, "Threema refuses the message: see whom it is to"};
  }
}

// Of a question for a key, which is no message: what fails has sent nothing.
Verdict refusal_of_key(const HttpAnswer& answer) {
  if (answer.failure == HttpFailure::none && (answer.status == 400 || answer.status == 404))
    return {Receipt::failed_for_good, std::string{kNoSuchId}};
  if (answer.failure == HttpFailure::none && answer.status == 401) return threema_refusal(401);
  return {Receipt::failed_for_now, "Threema cannot be asked for the person's key"};
}

std::string threema_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

}  // namespace

base::Rate ThreemaChannel::limit(const contact::Settings&) { return kThreemaRate; }

std::unique_ptr<ThreemaChannel> ThreemaChannel::make(const contact::Settings& settings,
                                                     const Parts& parts) {
  using base::Exit;
  using base::Fault;
  const std::string id = threema_setting(settings, "id");
  if (!is_threema_id(id) || !id.starts_with('*'))
    throw Fault(Exit::invalid, "the id of threema in tocsin.yaml is no Gateway ID",
                "write the ID as the Gateway shows it: * and seven capitals or digits");
  const std::filesystem::path key_file = parts.home / threema_setting(settings, "key");
  auto key = parse_threema_private_key(seal::read_secret_file(key_file).view());
  if (!key)
    throw Fault(Exit::invalid, fmt::format("{} holds no private key", key_file.string()),
                "it is 64 hex digits, as the Gateway's tools make it");
  std::string origin = threema_setting(settings, "url");
  if (origin.empty()) origin = kThreemaOrigin;
  std::optional<HookedAt> hook;
  if (const std::string address = threema_setting(settings, "hook"); !address.empty())
    hook = hooked_at(address, parts);
  return std::make_unique<ThreemaChannel>(
      ThreemaAccess{std::move(origin), id,
                    seal::read_secret_file(parts.home / threema_setting(settings, "secret")),
                    *std::move(key)},
      parts.home, parts.clock, parts.listen, std::move(hook));
}

ThreemaChannel::ThreemaChannel(ThreemaAccess access, const std::filesystem::path& home,
                               const base::Clock& clock, Listen listen,
                               std::optional<HookedAt> hook)
    : access_(std::move(access)),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(kThreemaRate, kInBulk, clock),
      keys_(home / "threema.keys", access_.key()),
      sent_(home / "threema.sent"),
      inbox_(access_, keys_, sent_, clock, std::move(hook)),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> ThreemaChannel::send(std::span<const Message> batch) {
  std::vector<Delivery> deliveries(batch.size());
  std::vector<std::size_t> going;
  std::vector<const Message*> messages;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (auto refused = refusal(batch[i])) {
      deliveries[i] = *std::move(refused);
      continue;
    }
    going.push_back(i);
    messages.push_back(&batch[i]);
  }
  const auto without_key = ask_for_keys(messages);
  std::vector<Boxed> boxed;
  for (const std::size_t i : going) {
    if (const auto found = without_key.find(batch[i].address); found != without_key.end())
      deliveries[i] = {batch[i].id, found->second.receipt, found->second.reason, {}};
    else
      boxed.push_back({i, box_for(batch[i])});
  }
  for (std::size_t at = 0; at < boxed.size(); at += kInBulk) {
    const auto some = std::span{boxed}.subspan(at, std::min(kInBulk, boxed.size() - at));
    const auto verdicts = send_some(batch, some);
    for (std::size_t k = 0; k < some.size(); ++k)
      deliveries[some[k].index] = {batch[some[k].index].id, verdicts[k].receipt, verdicts[k].reason,
                                   throttle_.held()};
  }
  return deliveries;
}

// Why it does not go now.
std::optional<Delivery> ThreemaChannel::refusal(const Message& message) {
  if (message.expires <= clock_.now())
    return Delivery{message.id, Receipt::failed_for_good, "it had expired", {}};
  if (!is_threema_id(message.address))
    return Delivery{message.id, Receipt::failed_for_good, std::string{kNoSuchId}, {}};
  if (message.content.text.size() > kMostThreemaText)
    return Delivery{message.id, Receipt::failed_for_good, threema_refusal(413).reason, {}};
  if (throttle_.is_spent())
    return Delivery{message.id, Receipt::failed_for_good, std::string{kNoCredits}, {}};
  if (const auto wait = throttle_.take())
    return Delivery{message.id, Receipt::failed_for_now, "too many at once", *wait, true};
  return std::nullopt;
}

std::map<std::string, Verdict> ThreemaChannel::ask_for_keys(
    const std::vector<const Message*>& messages) {
  std::set<std::string> distinct;
  for (const Message* message : messages)
    if (!keys_.find(message->address)) distinct.insert(message->address);
  const std::vector<std::string> ids{distinct.begin(), distinct.end()};
  const auto answers =
      http_.perform(ids.size(), kKeysAtOnce, [&](std::size_t i) { return access_.key_of(ids[i]); });
  std::map<std::string, Verdict> refused;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool is_answered = answers[i].failure == HttpFailure::none && answers[i].status == 200;
    const auto key = is_answered ? parse_threema_key(answers[i].body) : std::nullopt;
    if (!key) {
      refused.emplace(ids[i], refusal_of_key(answers[i]));
      continue;
    }
    try {
      if (keys_.keep(ids[i], *key) == ThreemaKeys::Kept::changed)
        refused.emplace(ids[i], Verdict{Receipt::failed_for_good,
                                        "Threema gives another key of the person than before: "
                                        "man tocsin-channel, THREEMA"});
    } catch (const base::Fault&) {
      refused.emplace(ids[i], Verdict{Receipt::failed_for_now,
                                      "the person's key cannot be kept: threema.keys"});
    }
  }
  return refused;
}

ThreemaBox ThreemaChannel::box_for(const Message& message) {
  ThreemaBox box{message.address, {}, {}};
  entropy_.fill(box.nonce);
  std::uint8_t drawn = 0;
  while (drawn == 0) entropy_.fill({&drawn, 1});
  // A key of small order was not taken.
  box.box = seal::box_up(threema_text(message.content.text, drawn), box.nonce,
                         *keys_.find(message.address), access_.key())
                .value();
  return box;
}

// One verdict for each of `some`, in order.
std::vector<Verdict> ThreemaChannel::send_some(std::span<const Message> batch,
                                               std::span<const Boxed> some) {
  std::vector<ThreemaBox> boxes;
  for (const Boxed& one : some) boxes.push_back(one.box);
  const HttpAnswer answer =
      http_.perform(boxes.size() == 1 ? access_.send(boxes.front()) : access_.send_all(boxes));
  if (auto verdict = verdict_without_answer(answer, kThreema))
    return std::vector<Verdict>(some.size(), *verdict);
  if (answer.status != 200) {
    if (answer.status == 429) throttle_.was_busy(answer.retry_after);
    if (answer.status < 300)
      return std::vector<Verdict>(some.size(),
                                  Verdict{Receipt::unknown, "Threema's answer makes no sense"});
    return std::vector<Verdict>(some.size(), judged(threema_refusal(answer.status)));
  }
  std::optional<std::vector<ThreemaAccepted>> accepted_all;
  if (boxes.size() == 1) {
    accepted_all.emplace(1);
    accepted_all->front().name = parse_threema_name(answer.body).value_or("");
  } else {
    accepted_all = parse_threema_bulk(answer.body, boxes.size());
  }
  std::vector<Verdict> verdicts;
  for (std::size_t k = 0; k < some.size(); ++k) {
    const ThreemaAccepted one = accepted_all ? (*accepted_all)[k] : ThreemaAccepted{};
    if (!one.name.empty())
      verdicts.push_back(accepted(batch[some[k].index], one.name));
    else if (one.error >= 400)
      verdicts.push_back(judged(threema_refusal(one.error)));
    else
      verdicts.push_back({Receipt::unknown, "Threema's answer makes no sense"});
  }
  return verdicts;
}

Verdict ThreemaChannel::accepted(const Message& message, const std::string& name) {
  throttle_.was_taken();
  const auto early = sent_.record(name, {message.id, message.address, message.asks});
  return {early.empty() ? Receipt::sent : early.back().receipt, ""};
}

Verdict ThreemaChannel::judged(Verdict verdict) {
  if (verdict.reason == kNoCredits) throttle_.was_spent(kCreditsAreSpent);
  return verdict;
}

}  // namespace tocsin::channel
