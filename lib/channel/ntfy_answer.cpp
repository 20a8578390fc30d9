#include "channel/ntfy_answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "channel/json_answer.h"
#include "contact/address.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostLines = 20'000;
constexpr std::uint64_t kLastTime = 4'102'444'800;  // the year 2100
constexpr std::uint64_t kTooManyMessagesToday = 42908;

bool is_word(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The topic as the roster has it; empty when it is none.
std::string topic_of(std::string_view text) {
  const auto read = contact::parse_address(contact::Form::ntfy_topic, text);
  const auto* address = std::get_if<contact::Address>(&read);
  return address == nullptr ? std::string{} : address->text;
}

std::uint64_t unsigned_member(const Json& object, std::string_view name) {
  const Json& value = member(object, name);
  return value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
}

std::optional<Said> read_tap_text(std::string_view id, std::string_view text, std::uint64_t time) {
  const std::size_t space = text.rfind(' ');
  if (space == std::string_view::npos || time == 0 || time > kLastTime) return std::nullopt;
  const auto button = tapped(text.substr(0, space));
  std::string topic = topic_of(text.substr(space + 1));
  if (!button || topic.empty()) return std::nullopt;
  const base::Instant at{std::chrono::seconds{static_cast<std::int64_t>(time)}};
  return Said{said_id("ntfy", id), std::move(topic), std::string{button->words}, at, button->about};
}

}  // namespace

bool is_ntfy_token(std::string_view text) noexcept {
  return text.starts_with("tk_") && text.size() >= 16 && text.size() <= 100 &&
         std::all_of(text.begin() + 3, text.end(), is_word);
}

NtfyError ntfy_error(base::ByteView body) {
  const std::uint64_t code = unsigned_member(parse_answer(body), "code");
  if (code == kTooManyMessagesToday) return NtfyError::day_spent;
  return code / 100 == 429 ? NtfyError::too_many : NtfyError::other;
}

bool is_ntfy_success(base::ByteView body) {
  const Json answer = parse_answer(body);
  return text_member(answer, "event") == "message" && !text_member(answer, "id").empty();
}

std::string ntfy_tap(const seal::MessageId& about, const AnswerButton& button,
                     std::string_view topic) {
  return fmt::format("{} {}", button_data(about, button), topic);
}

std::optional<NtfyPage> parse_ntfy_replies(base::ByteView body, std::string_view replies) {
  NtfyPage page;
  const auto lines = base::split(base::text_of(body), '\n');
  if (lines.size() > kMostLines) return std::nullopt;
  bool is_sound = false;
  bool has_any = false;
  for (const std::string_view line : lines) {
    if (line.empty()) continue;
    has_any = true;
    const Json entry = parse_answer(base::bytes_of(line));
    const std::string_view id = text_member(entry, "id");
    const std::string_view event = text_member(entry, "event");
    if (id.empty() || !std::all_of(id.begin(), id.end(), is_word) || event.empty()) continue;
    is_sound = true;
    if (event != "message" || text_member(entry, "topic") != replies) continue;
    page.last = id;
    if (auto said =
            read_tap_text(id, text_member(entry, "message"), unsigned_member(entry, "time")))
      page.said.push_back(*std::move(said));
  }
  if (has_any && !is_sound) return std::nullopt;
  return page;
}

}  // namespace tocsin::channel
