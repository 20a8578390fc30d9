#include "channel/teams.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/fault.h"
#include "channel/json_answer.h"
#include "channel/notify_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kGraph = "Microsoft Graph";
constexpr std::string_view kTeamsLogin = "https://login.microsoftonline.com";
constexpr std::string_view kGraphOrigin = "https://graph.microsoft.com";
constexpr std::string_view kDeepLink = "https://teams.microsoft.com/l/";
constexpr std::size_t kMostDeepLink = 1'024;
constexpr std::size_t kInGroup = 100;
constexpr std::size_t kGroupsAtOnce = 4;
// Microsoft publishes no limit for notifications to several people.
constexpr base::Rate kTeamsRate{400, 100};
constexpr std::string_view kTeamsBusy = "Microsoft Graph takes no more at the moment";

std::string teams_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

}  // namespace

base::Rate TeamsChannel::limit(const contact::Settings&) { return kTeamsRate; }

std::unique_ptr<TeamsChannel> TeamsChannel::make(const contact::Settings& settings,
                                                 const Parts& parts) {
  using base::Exit;
  using base::Fault;
  TeamsAccount account{teams_setting(settings, "login"), teams_setting(settings, "url"),
                       teams_setting(settings, "tenant"), teams_setting(settings, "app"),
                       seal::read_secret_file(parts.home / teams_setting(settings, "secret"))};
  if (account.login.empty()) account.login = kTeamsLogin;
  if (account.graph.empty()) account.graph = kGraphOrigin;
  for (const std::string* id : {&account.tenant, &account.app})
    if (!is_uuid(*id))
      throw Fault(Exit::invalid, "the tenant or the app of teams in tocsin.yaml is no id of Entra",
                  "copy the ids that Entra shows: 8d1c0f2e-…, 36 characters");
  TeamsSettings own{teams_setting(settings, "opens"), parts.relay.url};
  if (!own.opens.starts_with(kDeepLink) || own.opens.size() > kMostDeepLink)
    throw Fault(Exit::invalid, "what teams opens in tocsin.yaml is no link of Teams",
                fmt::format("write a link that begins with {}", kDeepLink));
  return std::make_unique<TeamsChannel>(std::move(account), std::move(own), parts.clock);
}

TeamsChannel::TeamsChannel(TeamsAccount account, TeamsSettings settings, const base::Clock& clock)
    : settings_(std::move(settings)),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(kTeamsRate, kInGroup * kGroupsAtOnce, clock),
      access_(std::move(account), clock) {}

std::vector<Delivery> TeamsChannel::send(std::span<const Message> batch) {
  std::vector<Delivery> deliveries(batch.size());
  std::vector<std::size_t> going;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (auto refused = refusal(batch[i]))
      deliveries[i] = *std::move(refused);
    else
      going.push_back(i);
  }
  if (going.empty()) return deliveries;
  if (const std::string_view trouble = access_.sign_in(http_); !trouble.empty()) {
    for (const std::size_t i : going)
      deliveries[i] = {batch[i].id, Receipt::failed_for_now, std::string{trouble}, {}};
    return deliveries;
  }
  // One unknown person refuses a whole request, which then has gone to nobody.
  const auto alone = send_groups(batch, groups_of(batch, going), deliveries);
  send_groups(batch, alone, deliveries);
  for (const std::size_t i : going) {
    deliveries[i].retry_after = throttle_.held();
    deliveries[i].is_held = deliveries[i].receipt == Receipt::failed_for_now &&
                            throttle_.held() > base::Milliseconds{0};
  }
  return deliveries;
}

std::optional<Delivery> TeamsChannel::refusal(const Message& message) {
  if (message.expires <= clock_.now())
    return Delivery{message.id, Receipt::failed_for_good, "it had expired", {}};
  if (!is_uuid(message.address))
    return Delivery{message.id,
                    Receipt::failed_for_good,
                    "the address is no object id of Entra: see the column Teams",
                    {}};
  const bool is_held = throttle_.held() > base::Milliseconds{0};
  if (const auto wait = throttle_.take())
    return Delivery{message.id, Receipt::failed_for_now,
                    is_held ? std::string{kTeamsBusy} : "too many at once", *wait, true};
  return std::nullopt;
}

std::vector<TeamsChannel::Group> TeamsChannel::groups_of(
    std::span<const Message> batch, const std::vector<std::size_t>& going) const {
  std::map<std::string, std::vector<std::size_t>> by_text;
  for (const std::size_t i : going) by_text[batch[i].content.text(settings_.link)].push_back(i);
  std::vector<Group> groups;
  for (const auto& [text, indices] : by_text)
    for (std::size_t at = 0; at < indices.size(); at += kInGroup) {
      const auto first = indices.begin() + static_cast<std::ptrdiff_t>(at);
      const auto count = static_cast<std::ptrdiff_t>(std::min(kInGroup, indices.size() - at));
      groups.push_back({text, {first, first + count}});
    }
  return groups;
}

HttpRequest TeamsChannel::request_of(std::span<const Message> batch, const Group& group) const {
  Json recipients = Json::array();
  for (const std::size_t i : group.indices)
    recipients.push_back({{"@odata.type", "microsoft.graph.aadUserNotificationRecipient"},
                          {"userId", batch[i].address}});
  const Json body{
      {"topic", {{"source", "text"}, {"value", group.text}, {"webUrl", settings_.opens}}},
      {"activityType", "systemDefault"},
      {"previewText", {{"content", group.text}}},
      {"templateParameters", Json::array({{{"name", "systemDefaultText"}, {"value", group.text}}})},
      {"recipients", std::move(recipients)}};
  return access_.post("/v1.0/teamwork/sendActivityNotificationToRecipients",
                      body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Verdict TeamsChannel::verdict_of(const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, kGraph)) return *std::move(verdict);
  switch (answer.status) {
    case 202:
      return {Receipt::sent, ""};
    case 401:
    case 412:
      access_.forget();
      return {Receipt::failed_for_now, "Microsoft Graph does not take the token"};
    case 403:
      return {Receipt::failed_for_good,
              "the application may not notify: it needs TeamsActivity.Send, and an app in Teams"};
    case 400:
    case 404:
      return {Receipt::failed_for_good, "Microsoft Graph does not know the person, or refuses it"};
    case 429:
      return {Receipt::failed_for_now, std::string{kTeamsBusy}, true};
    default:
      if (answer.status < 300 || answer.status >= 500)
        return {Receipt::unknown, "Microsoft Graph is in trouble"};
      return {Receipt::failed_for_good, "Microsoft Graph refuses the request"};
  }
}

std::vector<TeamsChannel::Group> TeamsChannel::send_groups(std::span<const Message> batch,
                                                           const std::vector<Group>& groups,
                                                           std::vector<Delivery>& deliveries) {
  const auto answers = http_.perform(groups.size(), kGroupsAtOnce,
                                     [&](std::size_t g) { return request_of(batch, groups[g]); });
  std::vector<Group> alone;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const Verdict verdict = verdict_of(answers[g]);
    const bool is_about_one = answers[g].failure == HttpFailure::none &&
                              (answers[g].status == 400 || answers[g].status == 404);
    if (verdict.is_busy) throttle_.was_busy(answers[g].retry_after);
    if (verdict.receipt == Receipt::sent) throttle_.was_taken();
    for (const std::size_t i : groups[g].indices) {
      if (is_about_one && groups[g].indices.size() > 1)
        alone.push_back({groups[g].text, {i}});
      else
        deliveries[i] = {batch[i].id, verdict.receipt, verdict.reason, {}};
    }
  }
  return alone;
}

}  // namespace tocsin::channel
