#include "channel/viber_answer.h"

#include <algorithm>
#include <array>

#include "channel/answer_button.h"
#include "channel/json_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostRefused = 1'000;
// A text has at most 7,000 characters.
constexpr std::size_t kMostViberWords = 64 * 1024;
constexpr std::uint64_t kLastViberTime = 4'102'444'800'000;  // the year 2100

bool is_decimal(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter_or_digit(char c) noexcept {
  return is_decimal(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A number of 64 bits, which some programs write as text; empty when it is none.
std::string viber_token_of(const Json& object) {
  const Json& token = member(object, "message_token");
  if (token.is_number_unsigned()) return std::to_string(token.get<std::uint64_t>());
  const std::string_view text = text_member(object, "message_token");
  const bool is_one = !text.empty() && text.size() <= 20 && std::ranges::all_of(text, is_decimal);
  return is_one ? std::string{text} : std::string{};
}

std::optional<int> viber_status_of(const Json& object) {
  const Json& status = member(object, "status");
  constexpr std::uint64_t kLargest = 10'000;
  if (!status.is_number_unsigned() || status.get<std::uint64_t>() > kLargest) return std::nullopt;
  return status.get<int>();
}

// What somebody sent; without words for a recording or a picture.
std::optional<std::string_view> words_of_viber(const Json& message) {
  const std::string_view type = text_member(message, "type");
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"text", "picture", "video", "file", "sticker", "contact", "location", "url"});
  if (std::ranges::find(kTypes, type) == kTypes.end()) return std::nullopt;
  const bool has_words = type == "text" || type == "picture" || type == "video";
  return has_words ? text_member(message, "text", kMostViberWords) : std::string_view{};
}

ViberPost read_viber_message(const Json& post) {
  const std::string_view person = text_member(member(post, "sender"), "id");
  const std::string token = viber_token_of(post);
  const Json& time = member(post, "timestamp");
  const auto words = words_of_viber(member(post, "message"));
  if (!is_viber_id(person) || token.empty() || !words || !time.is_number_unsigned() ||
      time.get<std::uint64_t>() > kLastViberTime)
    return {};
  Said said{said_id("viber", token), std::string{person},
            std::string{beginning_of(*words, kMostSaidBytes)},
            base::Instant{base::Milliseconds{time.get<std::int64_t>()}}};
  if (const auto button = tapped(*words)) {
    said.words = button->words;
    said.about = button->about;
  }
  return said;
}

}  // namespace

bool is_viber_token(std::string_view text) noexcept {
  return text.size() >= 20 && text.size() <= 200 && std::ranges::all_of(text, [](char c) {
           return is_letter_or_digit(c) || c == '-' || c == '_' || c == '=';
         });
}

bool is_viber_id(std::string_view text) noexcept {
  while (text.ends_with('=')) text.remove_suffix(1);
  const bool is_base64 = std::ranges::all_of(
      text, [](char c) { return is_letter_or_digit(c) || c == '+' || c == '/'; });
  // Without a letter it is a telephone number, by which Viber knows nobody.
  const bool has_letter =
      std::ranges::any_of(text, [](char c) { return is_letter_or_digit(c) && !is_decimal(c); });
  return is_base64 && has_letter && text.size() >= 10 && text.size() <= 60;
}

std::optional<ViberResult> parse_viber_result(base::ByteView body) {
  const Json answer = parse_answer(body);
  const auto status = viber_status_of(answer);
  if (!status) return std::nullopt;
  ViberResult result{*status, viber_token_of(answer), {}};
  const Json& failed = member(answer, "failed_list");
  if (!failed.is_array() || failed.size() > kMostRefused) return result;
  for (const Json& one : failed) {
    const std::string_view person = text_member(one, "receiver");
    const auto why = viber_status_of(one);
    if (is_viber_id(person) && why && *why != 0) result.refused.emplace(person, *why);
  }
  return result;
}

Verdict viber_verdict_of_status(int status) {
  switch (status) {
    case 0:
      return {Receipt::sent, ""};
    case 2:
      return {Receipt::failed_for_now, "Viber refuses the bot's token"};
    case 5:
    case 6:
      return {Receipt::failed_for_good, "the person has not written to the bot, or has left it"};
    case 7:
    case 8:
    case 9:
    case 10:
    case 15:
      return {Receipt::failed_for_good, "the bot at Viber is blocked, or has no webhook"};
    case 11:
    case 13:
    case 14:
      return {Receipt::failed_for_good, "the person's Viber is too old"};
    case 12:
      return {Receipt::failed_for_now, "Viber takes no more at the moment", true};
    case 19:
    case 20:
      return {Receipt::failed_for_good, "Viber does not let the bot broadcast: see tocsin.yaml"};
    case 21:
      return {Receipt::failed_for_good, "Viber does not let the bot write to that country"};
    case 22:
    case 23:
    case 24:
      return {Receipt::failed_for_good, "the bot's messages are not paid at Viber"};
    case 1:
    case 3:
    case 4:
    case 16:
    case 17:
    case 18:
      return {Receipt::failed_for_good, "Viber refuses the message"};
    default:
      return {Receipt::failed_for_now, "Viber is in trouble"};
  }
}

ViberPost parse_viber_post(base::ByteView body) {
  const Json post = parse_answer(body);
  const std::string_view event = text_member(post, "event");
  if (event == "message") return read_viber_message(post);
  ViberReceipt receipt{viber_token_of(post), std::string{text_member(post, "user_id")}};
  if (receipt.token.empty() || !is_viber_id(receipt.person)) return {};
  if (event == "seen")
    receipt.receipt = Receipt::read;
  else if (event == "failed")
    receipt.receipt = Receipt::failed_for_good;
  else if (event != "delivered")
    return {};
  return receipt;
}

}  // namespace tocsin::channel
