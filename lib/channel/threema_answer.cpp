#include "channel/threema_answer.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/form.h"
#include "base/text.h"
#include "channel/json_answer.h"
#include "seal/provider_mac.h"
#include "seal/secret.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kNameDigits = 16;
constexpr std::size_t kKeyDigits = 64;
constexpr std::size_t kMostBox = 4'000;

bool is_name(std::string_view text) noexcept {
  return text.size() == kNameDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

template <std::size_t Size>
std::optional<std::array<std::uint8_t, Size>> array_from_hex(std::string_view text) {
  if (text.size() != 2 * Size) return std::nullopt;
  const auto bytes = base::from_hex(text);
  if (!bytes) return std::nullopt;
  std::array<std::uint8_t, Size> out{};
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

bool is_from_gateway(const base::Fields& form, std::string_view secret) {
  std::string signed_text;
  for (const char* name : {"from", "to", "messageId", "date", "nonce", "box"})
    signed_text += base::value_of(form, name);
  const auto code = seal::hmac_sha256(base::bytes_of(secret), base::bytes_of(signed_text));
  return seal::is_same(base::to_hex(code), base::to_lower(base::value_of(form, "mac")));
}

}  // namespace

bool is_threema_id(std::string_view text) noexcept {
  const auto is_plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
  return text.size() == 8 && (is_plain(text[0]) || text[0] == '*') &&
         std::all_of(text.begin() + 1, text.end(), is_plain);
}

std::optional<std::string> parse_threema_name(base::ByteView body) {
  const std::string_view text = base::trim(base::text_of(body));
  return is_name(text) ? std::optional{base::to_lower(text)} : std::nullopt;
}

std::optional<std::vector<ThreemaAccepted>> parse_threema_bulk(base::ByteView body,
                                                               std::size_t count) {
  const Json answer = parse_answer(body);
  if (!answer.is_array() || answer.size() != count) return std::nullopt;
  std::vector<ThreemaAccepted> all;
  for (const Json& one : answer) {
    ThreemaAccepted accepted;
    const std::string_view name = text_member(one, "messageId");
    const Json& error = member(one, "errorCode");
    if (is_name(name))
      accepted.name = base::to_lower(name);
    else if (error.is_number_unsigned() && error.get<std::uint64_t>() < 1'000)
      accepted.error = error.get<int>();
    all.push_back(std::move(accepted));
  }
  return all;
}

std::optional<seal::SealingKey> parse_threema_key(base::ByteView body) {
  const auto bytes = array_from_hex<32>(base::trim(base::text_of(body)));
  if (!bytes) return std::nullopt;
  const seal::SealingKey key{*bytes};
  return seal::can_seal_to(key) ? std::optional{key} : std::nullopt;
}

std::optional<seal::OpeningKey> parse_threema_private_key(std::string_view text) {
  constexpr std::string_view kPrefix = "private:";
  if (text.starts_with(kPrefix)) text.remove_prefix(kPrefix.size());
  if (text.size() != kKeyDigits) return std::nullopt;
  auto bytes = base::from_hex(text);
  if (!bytes) return std::nullopt;
  seal::SecretBytes<32> secret;
  std::copy(bytes->begin(), bytes->end(), secret.fill().begin());
  seal::wipe(*bytes);
  return seal::OpeningKey::from_secret(secret);
}

std::optional<ThreemaPost> parse_threema_post(base::ByteView body, std::string_view secret) {
  const auto form = base::read_form(base::text_of(body));
  if (!form || !is_from_gateway(*form, secret)) return std::nullopt;
  const auto value = [&](std::string_view name) { return base::value_of(*form, name); };
  constexpr std::int64_t kLatest = std::int64_t{1} << 40;  // seconds
  const auto date = base::parse_count(value("date"), kLatest);
  const auto nonce = array_from_hex<24>(value("nonce"));
  if (!is_threema_id(value("from")) || !is_threema_id(value("to")) ||
      !is_name(value("messageId")) || !date || !nonce || value("box").size() > 2 * kMostBox)
    return std::nullopt;
  auto box = base::from_hex(value("box"));
  if (!box) return std::nullopt;
  return ThreemaPost{std::string{value("from")},
                     std::string{value("to")},
                     base::to_lower(value("messageId")),
                     base::Instant{std::chrono::seconds{*date}},
                     *nonce,
                     *std::move(box)};
}

}  // namespace tocsin::channel
