#include "channel/telegram.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "channel/answer_button.h"
#include "channel/dispatch.h"
#include "channel/json_answer.h"
#include "channel/secret_origin.h"
#include "channel/telegram_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::string_view kTelegram = "Telegram";
constexpr std::string_view kTelegramOrigin = "https://api.telegram.org";
constexpr std::string_view kTelegramBusy = "Telegram takes no more at the moment";

Verdict telegram_verdict_of_refusal(int status, const TelegramRefusal& refusal) {
  switch (status) {
    case 400:
      if (refusal.has_no_chat)
        return {Receipt::failed_for_good,
                "the person has no chat with the bot: they have to write to it first"};
      return {Receipt::failed_for_good, "Telegram refuses the message"};
    case 401:
    case 404:
      return {Receipt::failed_for_now, "Telegram refuses the bot's token: see BotFather there"};
    case 403:
      return {Receipt::failed_for_good, "the person blocks the bot, or has left Telegram"};
    case 429:
      return {Receipt::failed_for_now, std::string{kTelegramBusy}, true, refusal.retry_after};
    default:
      // Whoever answers for Telegram may have passed the message on.
      if (status == 408 || status >= 500) return {Receipt::unknown, "Telegram is in trouble"};
      return {Receipt::failed_for_good, "Telegram refuses the request"};
  }
}

Verdict telegram_verdict_of(const HttpAnswer& answer) {
  if (auto verdict = verdict_without_answer(answer, kTelegram)) return *std::move(verdict);
  if (answer.status == 200 && is_telegram_success(answer.body)) return {Receipt::sent, ""};
  if (answer.status < 300) return {Receipt::unknown, "Telegram's answer makes no sense"};
  return telegram_verdict_of_refusal(answer.status, parse_telegram_refusal(answer.body));
}

Json keyboard_below(const seal::MessageId& message) {
  Json rows = Json::array();
  for (const AnswerButton& button : kAnswerButtons) {
    if (rows.size() <= static_cast<std::size_t>(button.row)) rows.push_back(Json::array());
    rows.back().push_back(
        {{"text", button.label}, {"callback_data", button_data(message, button)}});
  }
  return {{"inline_keyboard", std::move(rows)}};
}

}  // namespace

std::unique_ptr<TelegramChannel> TelegramChannel::make(const contact::Settings& settings,
                                                       const Parts& parts) {
  const std::filesystem::path file = parts.home / settings.at("token");
  seal::SecretText token = seal::read_secret_file(file);
  if (!is_telegram_token(token.view()))
    throw base::Fault(base::Exit::invalid,
                      fmt::format("{} holds no token of a Telegram bot", file.string()),
                      "copy the whole token that BotFather gave: digits, a colon, and letters");
  TelegramSettings own{secret_origin(settings, kTelegramOrigin, kName), parts.relay.url};
  return std::make_unique<TelegramChannel>(std::move(token), std::move(own), parts.clock,
                                           parts.listen);
}

TelegramChannel::TelegramChannel(seal::SecretText token, TelegramSettings settings,
                                 const base::Clock& clock, Listen listen)
    : settings_(std::move(settings)),
      clock_(clock),
      access_(settings_.origin, std::move(token)),
      http_(HttpSettings{}),
      throttle_(kTelegramRate, kTelegramAtOnce, clock),
      inbox_(access_, clock, listen),
      polling_([this] { return inbox_.ask(); }, [this] { inbox_.interrupt(); }, clock, listen) {}

std::vector<Delivery> TelegramChannel::send(std::span<const Outgoing<Content>> batch) {
  return Dispatch<Content>{
      http_,
      throttle_,
      clock_,
      kTelegramBusy,
      {},
      [this](const auto& message) { return request_of(message); },
      [](const auto&, const HttpAnswer& answer) { return telegram_verdict_of(answer); }}
      .send(batch);
}

HttpRequest TelegramChannel::request_of(const Outgoing<Content>& message) const {
  // Nobody has the chat 0.
  Json body{{"chat_id", telegram_chat(message.address).value_or(0)},
            {"text", message.content.text(settings_.link)},
            // Telegram would fetch the page to show a picture of it.
            {"link_preview_options", {{"is_disabled", true}}}};
  if (message.asks) body["reply_markup"] = keyboard_below(message.id);
  return access_.post("sendMessage", body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Collected TelegramChannel::collect(base::Milliseconds patience) {
  if (inbox_.want()) polling_.hurry();
  return polling_.collect(patience);
}

void TelegramChannel::acknowledge(std::uint64_t cursor) {
  polling_.acknowledge(cursor);
  if (!polling_.is_owed() && inbox_.keep()) polling_.hurry();
}

}  // namespace tocsin::channel
