#include "channel/notify_answer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "channel/json_answer.h"
#include "contact/telephone.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kUuid = 36;
// As many as a page has, with room: more are no page.
constexpr std::size_t kMostEntries = 1'000;
// A text of the network has at most 918 characters.
constexpr std::size_t kMostTextBytes = 64 * 1024;

bool is_hex(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

NotifyState notify_state(std::string_view status) {
  constexpr auto kStates = std::to_array<std::pair<std::string_view, NotifyState>>({
      {"sent", NotifyState::sent},
      {"delivered", NotifyState::delivered},
      {"permanent-failure", NotifyState::permanent_failure},
      {"temporary-failure", NotifyState::temporary_failure},
      {"technical-failure", NotifyState::technical_failure},
  });
  const auto found = std::find_if(kStates.begin(), kStates.end(),
                                  [&](const auto& one) { return one.first == status; });
  return found == kStates.end() ? NotifyState::open : found->second;
}

// Notify leaves the + out. Short codes and names, which networks send from, are no numbers.
std::optional<std::string> number_of(std::string_view sender) {
  std::string text{sender};
  if (!text.starts_with('0') && !text.starts_with('+')) text.insert(0, 1, '+');
  const auto read = contact::parse_telephone(text);
  const auto* number = std::get_if<contact::Telephone>(&read);
  return number == nullptr ? std::nullopt : std::optional{number->e164};
}

// Calls `add` with the id, the time and all of each sound entry.
template <class Add>
bool each_entry(const Json& page, std::string_view list, Add add) {
  const Json& entries = member(page, list);
  if (!entries.is_array() || entries.size() > kMostEntries) return false;
  for (const Json& entry : entries) {
    const std::string_view id = text_member(entry, "id");
    const auto created = provider_time(text_member(entry, "created_at"));
    if (is_uuid(id) && created) add(std::string{id}, *created, entry);
  }
  return true;
}

}  // namespace

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != kUuid) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_between = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_between ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

std::optional<NotifyKey> parse_notify_key(std::string_view text) {
  constexpr std::size_t kTail = 2 * kUuid + 1;
  if (text.size() < kTail + 2) return std::nullopt;
  const std::string_view tail = text.substr(text.size() - kTail);
  const std::string_view issuer = tail.substr(0, kUuid);
  const std::string_view secret = tail.substr(kUuid + 1);
  if (text[text.size() - kTail - 1] != '-' || tail[kUuid] != '-' || !is_uuid(issuer) ||
      !is_uuid(secret))
    return std::nullopt;
  return NotifyKey{std::string{issuer}, seal::SecretText{secret}};
}

NotifyError notify_error(base::ByteView body) {
  constexpr auto kErrors = std::to_array<std::pair<std::string_view, NotifyError>>({
      {"ValidationError", NotifyError::validation},
      {"BadRequestError", NotifyError::bad_request},
      {"RateLimitError", NotifyError::rate_limit},
      {"TooManyRequestsError", NotifyError::too_many_requests},
  });
  const Json answer = parse_answer(body);
  const Json& errors = member(answer, "errors");
  if (!errors.is_array() || errors.empty()) return NotifyError::other;
  const std::string_view name = text_member(errors.front(), "error");
  const auto found = std::find_if(kErrors.begin(), kErrors.end(),
                                  [&](const auto& one) { return one.first == name; });
  return found == kErrors.end() ? NotifyError::other : found->second;
}

std::optional<std::vector<NotifyText>> parse_notify_texts(base::ByteView body) {
  std::vector<NotifyText> page;
  const auto add = [&](std::string id, base::Instant created, const Json& entry) {
    page.push_back({std::move(id), seal::message_id_from_text(text_member(entry, "reference")),
                    notify_state(text_member(entry, "status")), created});
  };
  if (!each_entry(parse_answer(body), "notifications", add)) return std::nullopt;
  return page;
}

std::optional<std::vector<NotifyReply>> parse_notify_replies(base::ByteView body) {
  std::vector<NotifyReply> page;
  const auto add = [&](std::string id, base::Instant created, const Json& entry) {
    NotifyReply reply{std::move(id), std::nullopt, created};
    if (auto from = number_of(text_member(entry, "user_number")))
      reply.said = Said{
          said_id("sms", reply.id), *std::move(from),
          std::string{beginning_of(text_member(entry, "content", kMostTextBytes), kMostSaidBytes)},
          created};
    page.push_back(std::move(reply));
  };
  if (!each_entry(parse_answer(body), "received_text_messages", add)) return std::nullopt;
  return page;
}

}  // namespace tocsin::channel
