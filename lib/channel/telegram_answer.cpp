#include "channel/telegram_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "channel/answer_button.h"
#include "channel/json_answer.h"

namespace tocsin::channel {

namespace {

// Every number of Telegram's has at most 52 bits, so that a double can hold it.
constexpr std::int64_t kLargest = (std::int64_t{1} << 52) - 1;
// As many as a page has, with room: more are no page.
constexpr std::size_t kMostUpdates = 1'000;
// A text has at most 4,096 characters.
constexpr std::size_t kMostWrittenBytes = 64 * 1024;
constexpr std::int64_t kMostSeconds = 24 * 60 * 60;
constexpr std::int64_t kLastDate = 4'102'444'800;  // the year 2100

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// From 1 to `most`; 0 for everything else.
std::int64_t number_member(const Json& object, std::string_view name,
                           std::int64_t most = kLargest) {
  const Json& value = member(object, name);
  if (!value.is_number_unsigned()) return 0;
  const auto number = value.get<std::uint64_t>();
  return number <= static_cast<std::uint64_t>(most) ? static_cast<std::int64_t>(number) : 0;
}

// The chat of one person with the bot, which has the number of the person; 0 for a group.
std::int64_t private_chat(const Json& from, const Json& chat) {
  const std::int64_t person = number_member(from, "id");
  const bool is_private = text_member(chat, "type") == "private";
  return is_private && number_member(chat, "id") == person ? person : 0;
}

// What somebody sent. Nullopt for what Telegram itself says in a chat; nothing for a recording or a
// picture, so that they are told how to answer.
std::optional<std::string_view> words_of(const Json& message) {
  for (const char* name : {"text", "caption"})
    if (member(message, name).is_string()) return text_member(message, name, kMostWrittenBytes);
  const Json& sticker = member(message, "sticker");
  if (sticker.is_object()) return text_member(sticker, "emoji");
  constexpr auto kWordless = std::to_array<std::string_view>(
      {"animation", "audio", "contact", "dice", "document", "location", "photo", "poll", "video",
       "video_note", "voice"});
  for (const std::string_view name : kWordless)
    if (!member(message, name).is_null()) return std::string_view{};
  return std::nullopt;
}

void read_message(const Json& message, TelegramUpdate& update) {
  const std::int64_t chat = private_chat(member(message, "from"), member(message, "chat"));
  const std::int64_t id = number_member(message, "message_id");
  const std::int64_t date = number_member(message, "date", kLastDate);
  const auto words = words_of(message);
  if (chat == 0 || id == 0 || date == 0 || !words) return;
  update.said = Said{said_id("telegram", fmt::format("{}:{}", chat, id)), std::to_string(chat),
                     std::string{beginning_of(*words, kMostSaidBytes)},
                     base::Instant{std::chrono::seconds{date}}};
}

void read_tap(const Json& query, TelegramUpdate& update) {
  update.tap = text_member(query, "id");
  const std::int64_t person =
      private_chat(member(query, "from"), member(member(query, "message"), "chat"));
  const auto button = tapped(text_member(query, "data"));
  if (update.tap.empty() || person == 0 || !button) return;
  update.is_timed = false;
  update.said = Said{said_id("telegram", "tap " + update.tap),
                     std::to_string(person),
                     std::string{button->words},
                     {},
                     button->about};
}

}  // namespace

bool is_telegram_token(std::string_view text) noexcept {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 20) return false;
  const std::string_view secret = text.substr(colon + 1);
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), is_digit) &&
         secret.size() >= 30 && secret.size() <= 100 &&
         std::all_of(secret.begin(), secret.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                  c == '_';
         });
}

std::optional<std::int64_t> telegram_chat(std::string_view address) noexcept {
  std::int64_t chat = 0;
  const auto [end, fault] = std::from_chars(address.data(), address.data() + address.size(), chat);
  const bool is_whole = fault == std::errc{} && end == address.data() + address.size();
  if (!is_whole || chat <= 0 || chat > kLargest) return std::nullopt;
  return chat;
}

TelegramRefusal parse_telegram_refusal(base::ByteView body) {
  const Json answer = parse_answer(body);
  const Json& parameters = member(answer, "parameters");
  const std::string_view description = text_member(answer, "description", 1'000);
  constexpr auto kNoChat = std::to_array<std::string_view>(
      {"chat not found", "user not found", "PEER_ID_INVALID", "group chat was deactivated"});
  TelegramRefusal refusal;
  refusal.has_no_chat = !member(parameters, "migrate_to_chat_id").is_null() ||
                        std::any_of(kNoChat.begin(), kNoChat.end(), [&](std::string_view words) {
                          return description.find(words) != std::string_view::npos;
                        });
  refusal.retry_after =
      std::chrono::seconds{number_member(parameters, "retry_after", kMostSeconds)};
  return refusal;
}

bool is_telegram_success(base::ByteView body) {
  const Json answer = parse_answer(body);
  const Json& ok = member(answer, "ok");
  return ok.is_boolean() && ok.get<bool>() &&
         number_member(member(answer, "result"), "message_id") > 0;
}

std::optional<std::vector<TelegramUpdate>> parse_telegram_updates(base::ByteView body) {
  const Json answer = parse_answer(body);
  const Json& ok = member(answer, "ok");
  const Json& result = member(answer, "result");
  if (!ok.is_boolean() || !ok.get<bool>() || !result.is_array() || result.size() > kMostUpdates)
    return std::nullopt;
  std::vector<TelegramUpdate> page;
  for (const Json& entry : result) {
    TelegramUpdate update;
    update.id = number_member(entry, "update_id");
    if (update.id == 0) continue;
    const Json& query = member(entry, "callback_query");
    if (query.is_object())
      read_tap(query, update);
    else
      read_message(member(entry, "message"), update);
    page.push_back(std::move(update));
  }
  if (page.empty() && !result.empty()) return std::nullopt;
  return page;
}

}  // namespace tocsin::channel
