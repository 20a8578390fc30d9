// What Telegram's Bot API gives and answers (tocsin-channel(5), TELEGRAM): a bot's token, refusals,
// and what people wrote to the bot or tapped. Every byte of an answer is hostile until it is
// decoded here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "channel/said.h"

namespace tocsin::channel {

// "123456789:AAF…", as Telegram's BotFather shows it.
bool is_telegram_token(std::string_view text) noexcept;

// A person's chat with the bot, as the roster has it; nullopt when it is no such number.
std::optional<std::int64_t> telegram_chat(std::string_view address) noexcept;

struct TelegramRefusal {
  bool has_no_chat = false;  // there is no such chat, or not any more
  base::Milliseconds retry_after{0};
};
// Of an answer that is no success, also of one that cannot be read.
TelegramRefusal parse_telegram_refusal(base::ByteView body);

// Whether it says that a message was taken.
bool is_telegram_success(base::ByteView body);

struct TelegramUpdate {
  std::int64_t id = 0;
  // Nullopt for what is no answer of a person in a chat with the bot alone. When `is_timed` is
  // false its time is not known: a tap has none.
  std::optional<Said> said;
  bool is_timed = true;
  std::string tap;  // the id under which a tap is acknowledged; empty for everything else
};
// A page of updates, the oldest first. Entries without an id are left out; nullopt when it is no
// such page.
std::optional<std::vector<TelegramUpdate>> parse_telegram_updates(base::ByteView body);

}  // namespace tocsin::channel
