#include "channel/whatsapp_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "channel/answer_button.h"
#include "channel/json_answer.h"
#include "contact/telephone.h"

namespace tocsin::channel {

namespace {

// More than a post of 256 KiB that is sound can hold.
constexpr std::size_t kMostHeard = 2'000;
constexpr std::size_t kMostNameBytes = 300;
// A text has at most 4,096 characters.
constexpr std::size_t kMostWordsBytes = 64 * 1024;
constexpr std::int64_t kLastTimestamp = 4'102'444'800;  // the year 2100
constexpr base::Milliseconds kBetweenMessagesToOne{6'000};

template <class Allowed>
bool is_of(std::string_view text, std::size_t least, std::size_t most, Allowed allowed) {
  return text.size() >= least && text.size() <= most && std::ranges::all_of(text, allowed);
}
bool is_ascii_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_small(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_graphic(char c) noexcept { return c > ' ' && c < 0x7f; }

// A name of WhatsApp's, such as "wamid.HBgMNDQ3NzAw…".
std::string name_member(const Json& object, std::string_view name) {
  const std::string_view text = text_member(object, name, kMostNameBytes);
  return is_of(text, 1, kMostNameBytes, is_graphic) ? std::string{text} : std::string{};
}

std::optional<int> code_of(const Json& error) {
  const Json& code = member(error, "code");
  constexpr std::uint64_t kLargest = 10'000'000;
  if (!code.is_number_unsigned() || code.get<std::uint64_t>() > kLargest) return std::nullopt;
  return code.get<int>();
}

// "447700900123", as WhatsApp writes a number.
std::optional<std::string> number_of_sender(std::string_view digits) {
  if (!is_of(digits, 5, 15, is_ascii_digit)) return std::nullopt;
  const auto read = contact::parse_telephone(fmt::format("+{}", digits));
  const auto* number = std::get_if<contact::Telephone>(&read);
  return number == nullptr ? std::nullopt : std::optional{number->e164};
}

// What somebody sent, without words for a recording or a picture. Nullopt for what WhatsApp itself
// says, and for what no person can send in answer to us.
std::optional<std::string_view> words_of_whatsapp(const Json& message, std::string_view type) {
  if (type == "text") return text_member(member(message, "text"), "body", kMostWordsBytes);
  constexpr auto kMayHaveCaption = std::to_array<std::string_view>({"image", "video", "document"});
  if (std::ranges::find(kMayHaveCaption, type) != kMayHaveCaption.end())
    return text_member(member(message, type), "caption", kMostWordsBytes);
  constexpr auto kWithoutWords =
      std::to_array<std::string_view>({"audio", "sticker", "location", "contacts", "unsupported"});
  if (std::ranges::find(kWithoutWords, type) != kWithoutWords.end()) return std::string_view{};
  return std::nullopt;
}

std::optional<WhatsAppSaid> read_said(const Json& message) {
  auto from = number_of_sender(text_member(message, "from"));
  const std::string name = name_member(message, "id");
  const auto seconds = base::parse_count(text_member(message, "timestamp"), kLastTimestamp);
  if (!from || name.empty() || !seconds) return std::nullopt;
  WhatsAppSaid heard{{said_id("whatsapp", name),
                      *std::move(from),
                      {},
                      base::Instant{std::chrono::seconds{*seconds}}}};
  const std::string_view type = text_member(message, "type");
  if (type == "button") {
    const auto button = tapped(text_member(member(message, "button"), "payload"));
    if (!button) return std::nullopt;
    heard.said.words = button->words;
    heard.said.about = button->about;
    return heard;
  }
  if (type == "reaction") {
    const Json& reaction = member(message, "reaction");
    // One that was taken back has no picture.
    if (text_member(reaction, "emoji").empty()) return std::nullopt;
    heard.quoted = name_member(reaction, "message_id");
    heard.counts_alone = false;
    return heard;
  }
  const auto words = words_of_whatsapp(message, type);
  if (!words) return std::nullopt;
  heard.said.words = beginning_of(*words, kMostSaidBytes);
  heard.quoted = name_member(member(message, "context"), "id");
  return heard;
}

std::optional<WhatsAppStatus> read_status(const Json& status) {
  const auto id = seal::message_id_from_text(text_member(status, "biz_opaque_callback_data"));
  WhatsAppStatus out{name_member(status, "id"), id.value_or(seal::MessageId{})};
  if (!id || out.name.empty()) return std::nullopt;
  const std::string_view word = text_member(status, "status");
  if (word == "sent") return out;
  if (word == "delivered" || word == "read") {
    out.receipt = word == "read" ? Receipt::read : Receipt::delivered;
    return out;
  }
  if (word != "failed") return std::nullopt;
  const Json& errors = member(status, "errors");
  const auto code = errors.is_array() && !errors.empty() ? code_of(errors.front()) : std::nullopt;
  Verdict verdict = whatsapp_verdict_of_code(code.value_or(-1));
  out.receipt = verdict.receipt;
  out.reason = std::move(verdict.reason);
  return out;
}

const Json& list_member(const Json& object, std::string_view name) {
  static const Json kNoList = Json::array();
  const Json& list = member(object, name);
  return list.is_array() && list.size() <= kMostHeard ? list : kNoList;
}

}  // namespace

bool is_whatsapp_number_id(std::string_view text) noexcept {
  return is_of(text, 5, 20, is_ascii_digit);
}

bool is_whatsapp_template(std::string_view text) noexcept {
  return is_of(text, 1, 200, [](char c) { return is_small(c) || is_ascii_digit(c) || c == '_'; });
}

bool is_whatsapp_language(std::string_view text) noexcept {
  const std::size_t end = std::min(text.find('_'), text.size());
  const bool is_whole = end == text.size();
  return is_of(text.substr(0, end), 2, 3, is_small) &&
         (is_whole || is_of(text.substr(end + 1), 2, 3, is_capital));
}

bool is_whatsapp_version(std::string_view text) noexcept {
  const std::size_t dot = text.find('.');
  return text.starts_with('v') && dot != std::string_view::npos &&
         is_of(text.substr(1, dot - 1), 1, 3, is_ascii_digit) &&
         is_of(text.substr(dot + 1), 1, 2, is_ascii_digit);
}

bool is_whatsapp_token(std::string_view text) noexcept {
  return is_of(text, 20, 1'000, is_graphic);
}

std::optional<WhatsAppTaken> parse_whatsapp_taken(base::ByteView body) {
  const Json answer = parse_answer(body);
  const Json& messages = member(answer, "messages");
  if (!messages.is_array() || messages.size() != 1) return std::nullopt;
  WhatsAppTaken taken{name_member(messages.front(), "id")};
  if (taken.name.empty()) return std::nullopt;
  taken.is_held = text_member(messages.front(), "message_status") == "held_for_quality_assessment";
  return taken;
}

std::optional<int> whatsapp_error(base::ByteView body) {
  const Json answer = parse_answer(body);
  return code_of(member(answer, "error"));
}

Verdict whatsapp_verdict_of_code(int code) {
  switch (code) {
    case 4:
    case 80007:
    case 130429:
      return {Receipt::failed_for_now, "WhatsApp takes no more at the moment", true};
    case 131056:
      return {Receipt::failed_for_now, "the person was written to a moment ago", false,
              kBetweenMessagesToOne};
    case 2:
    case 131000:
    case 131016:
    case 131057:
      return {Receipt::failed_for_now, "WhatsApp is in trouble"};
    case 0:
    case 3:
    case 10:
    case 190:
      return {Receipt::failed_for_now, "WhatsApp refuses the access token, or what it permits"};
    case 131026:
      return {Receipt::failed_for_good,
              "WhatsApp does not deliver to the number: perhaps it has no WhatsApp"};
    case 131047:
      return {Receipt::failed_for_good, "WhatsApp takes templates only"};
    case 130472:
    case 131048:
    case 131049:
    case 131050:
      return {Receipt::failed_for_good, "WhatsApp holds back what this number sends"};
    case 368:
    case 130497:
    case 131031:
    case 131042:
      return {Receipt::failed_for_good, "the account at WhatsApp is locked, or not paid"};
    default:
      break;
  }
  if (code >= 200 && code <= 299)
    return {Receipt::failed_for_now, "WhatsApp refuses the access token, or what it permits"};
  if (code >= 132'000 && code <= 132'099)
    return {Receipt::failed_for_good, "WhatsApp does not take the template in tocsin.yaml"};
  return {Receipt::failed_for_good, "WhatsApp refuses the message"};
}

WhatsAppPost parse_whatsapp_post(base::ByteView body, std::string_view number) {
  WhatsAppPost post;
  const Json all = parse_answer(body);
  for (const Json& entry : list_member(all, "entry"))
    for (const Json& change : list_member(entry, "changes")) {
      const Json& value = member(change, "value");
      if (text_member(member(value, "metadata"), "phone_number_id") != number) continue;
      for (const Json& message : list_member(value, "messages"))
        if (auto said = read_said(message)) post.said.push_back(*std::move(said));
      for (const Json& status : list_member(value, "statuses"))
        if (auto read = read_status(status)) post.statuses.push_back(*std::move(read));
    }
  return post;
}

}  // namespace tocsin::channel
