#include "channel/whatsapp.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/fault.h"
#include "base/text.h"
#include "channel/answer_button.h"
#include "channel/dispatch.h"
#include "channel/json_answer.h"
#include "channel/secret_origin.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kWhatsApp = "WhatsApp";
constexpr std::string_view kWhatsAppOrigin = "https://graph.facebook.com";
constexpr std::string_view kWhatsAppVersion = "v24.0";
constexpr std::string_view kWhatsAppBusy = "WhatsApp takes no more at the moment";

// A template's variable has no line feed, no tab and no row of blanks.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_blank)
      line.push_back(c);
    else if (!line.empty() && line.back() != ' ')
      line.push_back(' ');
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

void add_buttons(Json& components, const seal::MessageId& message) {
  for (std::size_t i = 0; i < kFewAnswerButtons.size(); ++i) {
    Json payload{{"type", "payload"}, {"payload", button_data(message, kFewAnswerButtons[i])}};
    components.push_back({{"type", "button"},
                          {"sub_type", "quick_reply"},
                          {"index", std::to_string(i)},
                          {"parameters", Json::array({std::move(payload)})}});
  }
}

// As a playbook writes a template's language: "en-gb" for "en_GB".
std::string playbook_language(std::string_view language) {
  std::string tag = base::to_lower(language);
  std::ranges::replace(tag, '_', '-');
  return tag;
}

Verdict whatsapp_refusal(const HttpAnswer& answer) {
  if (const auto code = whatsapp_error(answer.body)) return whatsapp_verdict_of_code(*code);
  constexpr int kRateLimitHit = 130'429;
  constexpr int kNotAuthorised = 190;
  if (answer.status == 429) return whatsapp_verdict_of_code(kRateLimitHit);
  if (answer.status == 401 || answer.status == 403) return whatsapp_verdict_of_code(kNotAuthorised);
  // Whoever answers for WhatsApp may have passed the message on.
  if (answer.status == 408 || answer.status >= 500)
    return {Receipt::unknown, "WhatsApp is in trouble"};
  return {Receipt::failed_for_good, "WhatsApp refuses the request"};
}

std::string whatsapp_setting(const contact::Settings& settings, std::string_view key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string{} : found->second;
}

WhatsAppTemplates templates_of(const contact::Settings& settings) {
  using base::Exit;
  using base::Fault;
  WhatsAppTemplates templates{
      whatsapp_setting(settings, "question"), whatsapp_setting(settings, "notice"), {}};
  for (const std::string& name : {templates.question, templates.notice})
    if (!is_whatsapp_template(name))
      throw Fault(Exit::invalid, "a template of whatsapp in tocsin.yaml has no name of one",
                  "write its name as WhatsApp Manager shows it: small letters, digits and _");
  const std::string languages = whatsapp_setting(settings, "languages");
  for (const std::string_view language : base::split(languages, '\n'))
    if (!language.empty()) templates.languages.emplace_back(language);
  if (templates.languages.empty() ||
      !std::ranges::all_of(templates.languages,
                           [](const std::string& one) { return is_whatsapp_language(one); }))
    throw Fault(Exit::invalid, "the languages of whatsapp in tocsin.yaml are none of templates",
                "write those that the templates have, for example languages: [en_GB, pl]");
  return templates;
}

}  // namespace

std::unique_ptr<WhatsAppChannel> WhatsAppChannel::make(const contact::Settings& settings,
                                                       const Parts& parts) {
  using base::Exit;
  using base::Fault;
  const std::string number = whatsapp_setting(settings, "number");
  if (!is_whatsapp_number_id(number))
    throw Fault(Exit::invalid, "the number of whatsapp in tocsin.yaml is no id of one",
                "copy the phone number ID from WhatsApp Manager: digits alone, in quotes");
  std::string version = whatsapp_setting(settings, "version");
  if (version.empty()) version = kWhatsAppVersion;
  if (!is_whatsapp_version(version))
    throw Fault(Exit::invalid, "the version of whatsapp in tocsin.yaml is none of the Graph API",
                fmt::format("write it as {}, or leave it out", kWhatsAppVersion));
  WhatsAppTemplates templates = templates_of(settings);
  const std::filesystem::path file = parts.home / whatsapp_setting(settings, "token");
  const seal::SecretText token = seal::read_secret_file(file);
  if (!is_whatsapp_token(token.view()))
    throw Fault(Exit::invalid, fmt::format("{} holds no access token of WhatsApp", file.string()),
                "copy the whole token of a system user, on one line");
  return std::make_unique<WhatsAppChannel>(
      WhatsAppAccess{secret_origin(settings, kWhatsAppOrigin, kName), version, number, token},
      std::move(templates), parts.relay.url, parts.home, parts.clock, parts.listen,
      hooked_at(whatsapp_setting(settings, "hook"), parts));
}

WhatsAppChannel::WhatsAppChannel(WhatsAppAccess access, WhatsAppTemplates templates,
                                 std::string link, const std::filesystem::path& home,
                                 const base::Clock& clock, Listen listen, HookedAt hook)
    : access_(std::move(access)),
      templates_(std::move(templates)),
      link_(std::move(link)),
      clock_(clock),
      http_(HttpSettings{}),
      throttle_(kWhatsAppRate, kWhatsAppAtOnce, clock, Bursts::within_the_second),
      inbox_(access_.number(), home / "whatsapp.sent", clock, std::move(hook)),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> WhatsAppChannel::send(std::span<const Outgoing<Content>> batch) {
  return Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      kWhatsAppBusy,
      {},
      [this](const auto& message) { return request_of(message); },
      [this](const auto& message, const HttpAnswer& answer) { return verdict_of(message, answer); }}
      .send(batch);
}

// The person's own, or else another of the same language, or else the first.
const std::string& WhatsAppChannel::language_for(const Content& nudge) const {
  const std::string_view wanted = nudge.language();
  const auto base_of = [](std::string_view tag) { return tag.substr(0, tag.find('-')); };
  for (const std::string& language : templates_.languages)
    if (playbook_language(language) == wanted) return language;
  for (const std::string& language : templates_.languages)
    if (base_of(playbook_language(language)) == base_of(wanted)) return language;
  return templates_.languages.front();
}

HttpRequest WhatsAppChannel::request_of(const Outgoing<Content>& message) const {
  const std::string text = on_one_line(message.content.text(link_));
  Json variables{{"type", "body"},
                 {"parameters", Json::array({{{"type", "text"}, {"text", text}}})}};
  Json components = Json::array();
  components.push_back(std::move(variables));
  if (message.asks) add_buttons(components, message.id);
  const Json body{{"messaging_product", "whatsapp"},
                  {"recipient_type", "individual"},
                  {"to", message.address},
                  {"type", "template"},
                  {"template",
                   {{"name", message.asks ? templates_.question : templates_.notice},
                    {"language", {{"code", language_for(message.content)}}},
                    {"components", std::move(components)}}},
                  {"biz_opaque_callback_data", seal::to_text(message.id)}};
  return access_.send(body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Verdict WhatsAppChannel::verdict_of(const Outgoing<Content>& message, const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, kWhatsApp)) return *std::move(verdict);
  if (answer.status >= 300) return whatsapp_refusal(answer);
  const auto taken = parse_whatsapp_taken(answer.body);
  if (answer.status != 200 || !taken) return {Receipt::unknown, "WhatsApp's answer makes no sense"};
  inbox_.expect(taken->name, {message.id, message.address, message.asks});
  return {taken->is_held ? Receipt::queued : Receipt::sent, ""};
}

}  // namespace tocsin::channel
