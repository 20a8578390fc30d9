#include "channel/viber.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "base/fault.h"
#include "channel/answer_button.h"
#include "channel/json_answer.h"
#include "channel/secret_origin.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kViber = "Viber";
constexpr std::string_view kViberOrigin = "https://chatapi.viber.com";
// 500 requests in ten seconds: 100 + 40 × 10 are the most in any.
constexpr base::Rate kViberRate{100, 40};
constexpr std::size_t kViberAtOnce = 20;
constexpr std::size_t kInBroadcast = 300;
constexpr std::size_t kLongestSender = 28;
constexpr std::string_view kViberBusy = "Viber takes no more at the moment";
constexpr std::string_view kNotAnId = "the address is no id of Viber's: see the column Viber";

Json viber_keyboard(const seal::MessageId& about) {
  Json buttons = Json::array();
  for (const AnswerButton& button : kAnswerButtons)
    buttons.push_back({{"Columns", 3},
                       {"Rows", 1},
                       {"ActionType", "reply"},
                       {"ActionBody", button_data(about, button)},
                       {"Text", button.label},
                       // Nobody needs to see what a button carries.
                       {"Silent", true}});
  return {{"Type", "keyboard"}, {"Buttons", std::move(buttons)}};
}

Verdict viber_verdict_of(const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, kViber)) return *std::move(verdict);
  if (answer.status == 429) return {Receipt::failed_for_now, std::string{kViberBusy}, true};
  if (answer.status == 401 || answer.status == 403) return viber_verdict_of_status(2);
  // Whoever answers for Viber may have passed the message on.
  if (answer.status == 408 || answer.status >= 500)
    return {Receipt::unknown, "Viber is in trouble"};
  if (answer.status >= 300) return {Receipt::failed_for_good, "Viber refuses the request"};
  return {Receipt::unknown, "Viber's answer makes no sense"};
}

std::string viber_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

std::size_t characters_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<std::uint8_t>(c) & 0xc0) != 0x80; }));
}

}  // namespace

base::Rate ViberChannel::limit(const contact::Settings&) { return kViberRate; }

std::unique_ptr<ViberChannel> ViberChannel::make(const contact::Settings& settings,
                                                 const Parts& parts) {
  using base::Exit;
  using base::Fault;
  const bool may_broadcast = viber_setting(settings, "broadcast") == "yes";
  ViberSettings own{viber_setting(settings, "name"), parts.relay.url,
                    may_broadcast ? Broadcasting::yes : Broadcasting::no};
  if (own.name.empty() || characters_of(own.name) > kLongestSender)
    throw Fault(Exit::invalid, "the name of viber in tocsin.yaml is no sender's",
                "write a name of 1 to 28 characters, which people see above a message");
  const std::filesystem::path file = parts.home / viber_setting(settings, "token");
  const seal::SecretText token = seal::read_secret_file(file);
  if (!is_viber_token(token.view()))
    throw Fault(Exit::invalid, fmt::format("{} holds no token of a Viber bot", file.string()),
                "copy the whole token that Viber shows as the bot's app key, "
                "on one line");
  return std::make_unique<ViberChannel>(
      ViberAccess{secret_origin(settings, kViberOrigin, kName), token}, std::move(own), parts.home,
      parts.clock, parts.listen, hooked_at(viber_setting(settings, "hook"), parts));
}

ViberChannel::ViberChannel(ViberAccess access, ViberSettings settings,
                           const std::filesystem::path& home, const base::Clock& clock,
                           Listen listen, HookedAt hook)
    : access_(std::move(access)),
      settings_(std::move(settings)),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(kViberRate, kViberAtOnce, clock),
      inbox_(home / "viber.sent", clock, std::move(hook)),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

Room ViberChannel::room() {
  Room room = throttle_.room();
  if (settings_.broadcasting == Broadcasting::yes &&
      room.messages < std::numeric_limits<std::size_t>::max() / kInBroadcast)
    room.messages *= kInBroadcast;
  return room;
}

std::vector<Delivery> ViberChannel::send(std::span<const Message> batch) {
  std::vector<Delivery> deliveries(batch.size());
  std::vector<std::size_t> sound;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    deliveries[i] = {batch[i].id, Receipt::failed_for_good, {}, {}};
    if (batch[i].expires <= clock_.now())
      deliveries[i].reason = "it had expired";
    else if (!is_viber_id(batch[i].address))
      deliveries[i].reason = kNotAnId;
    else
      sound.push_back(i);
  }
  std::vector<Group> going;
  for (Group& group : groups_of(batch, sound)) {
    const bool is_held = throttle_.held() > base::Milliseconds{0};
    const auto wait = throttle_.take();
    if (!wait) {
      going.push_back(std::move(group));
      continue;
    }
    for (const std::size_t i : group.indices)
      deliveries[i] = {batch[i].id, Receipt::failed_for_now,
                       is_held ? std::string{kViberBusy} : "too many at once", *wait, true};
  }
  const auto answers = http_.perform(going.size(), throttle_.at_once(),
                                     [&](std::size_t g) { return request_of(batch, going[g]); });
  for (std::size_t g = 0; g < going.size(); ++g)
    take_answer(batch, going[g], answers[g], deliveries);
  return deliveries;
}

std::vector<ViberChannel::Group> ViberChannel::groups_of(std::span<const Message> batch,
                                                         const std::vector<std::size_t>& going) {
  if (settings_.broadcasting == Broadcasting::no) {
    std::vector<Group> each;
    for (const std::size_t i : going)
      each.push_back({batch[i].content.text(settings_.link), batch[i].asks, batch[i].id, {i}});
    return each;
  }
  // The second message to a person goes in another request.
  std::map<std::tuple<std::string, bool, std::size_t>, std::vector<std::size_t>> alike;
  std::map<std::string_view, std::size_t> to_person;
  for (const std::size_t i : going)
    alike[{batch[i].content.text(settings_.link), batch[i].asks, to_person[batch[i].address]++}]
        .push_back(i);
  std::vector<Group> groups;
  for (const auto& [what, indices] : alike)
    for (std::size_t at = 0; at < indices.size(); at += kInBroadcast) {
      const auto first = indices.begin() + static_cast<std::ptrdiff_t>(at);
      const auto count = static_cast<std::ptrdiff_t>(std::min(kInBroadcast, indices.size() - at));
      Group group{std::get<0>(what), std::get<1>(what), batch[*first].id, {first, first + count}};
      if (group.indices.size() > 1) group.about = seal::random_message_id(entropy_);
      groups.push_back(std::move(group));
    }
  // A tap may come before the answer, and after a crash.
  for (const Group& group : groups)
    for (const std::size_t i : group.indices)
      if (group.asks && group.indices.size() > 1)
        inbox_.expect_taps(group.about, {batch[i].id, batch[i].address, true});
  return groups;
}

HttpRequest ViberChannel::request_of(std::span<const Message> batch, const Group& group) const {
  Json body{{"type", "text"},
            {"sender", {{"name", settings_.name}}},
            {"text", group.text},
            {"min_api_version", 1}};
  if (group.asks) body["keyboard"] = viber_keyboard(group.about);
  const bool is_broadcast = group.indices.size() > 1;
  if (is_broadcast) {
    Json people = Json::array();
    for (const std::size_t i : group.indices) people.push_back(batch[i].address);
    body["broadcast_list"] = std::move(people);
  } else {
    body["receiver"] = batch[group.indices.front()].address;
  }
  return access_.post(is_broadcast ? "broadcast_message" : "send_message",
                      body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void ViberChannel::take_answer(std::span<const Message> batch, const Group& group,
                               const HttpAnswer& answer, std::vector<Delivery>& deliveries) {
  const bool is_answered = answer.failure == HttpFailure::none && answer.status == 200;
  const auto result = is_answered ? parse_viber_result(answer.body) : std::nullopt;
  const Verdict all = result ? viber_verdict_of_status(result->status) : viber_verdict_of(answer);
  if (all.is_busy)
    throttle_.was_busy(answer.retry_after);
  else if (all.receipt == Receipt::sent)
    throttle_.was_taken();
  for (const std::size_t i : group.indices) {
    const Message& message = batch[i];
    Verdict own = all;
    if (result && all.receipt == Receipt::sent) {
      if (const auto refused = result->refused.find(message.address);
          refused != result->refused.end())
        own = viber_verdict_of_status(refused->second);
      else if (!result->token.empty())
        own.receipt =
            inbox_.expect_receipts(result->token, {message.id, message.address, message.asks});
    }
    const base::Milliseconds wait =
        own.is_busy ? throttle_.held() : std::min(answer.retry_after, kLongestAskedFor);
    deliveries[i] = {message.id, own.receipt, std::move(own.reason), wait, own.is_busy};
  }
}

}  // namespace tocsin::channel
