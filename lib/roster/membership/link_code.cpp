#include "roster/membership/link_code.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "seal/secret.h"

namespace tocsin::roster {

namespace {

constexpr std::string_view kLinkPrefix = "LINK";
constexpr std::string_view kStart = "/START";
// Crockford's base 32: no I, L, O or U.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kDigits = 16;
constexpr std::size_t kInGroup = 4;
constexpr std::size_t kMostWords = 100;  // of a message that is a code
constexpr std::uint8_t kLinksVersion = 1;
constexpr std::size_t kMostLinks = 100'000;
constexpr std::size_t kLongestId = 200;

std::string grouped(std::string_view digits) {
  std::string code{kLinkPrefix};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i % kInGroup == 0) code += '-';
    code += digits[i];
  }
  return code;
}

seal::Hash hash_of_code(std::string_view code) {
  base::ByteWriter text;
  text.raw(base::bytes_of("tocsin/v1/link/"));
  text.raw(base::bytes_of(code));
  return seal::hash_of(text.bytes());
}

std::string link_text(base::ByteReader& in) {
  const std::string_view text = in.text();
  if (text.size() > kLongestId || !base::is_utf8(text)) {
    in.fail();
    return {};
  }
  return std::string{text};
}

}  // namespace

std::string make_link_code(base::Random& random) {
  std::array<std::uint8_t, kDigits> drawn{};
  random.fill(drawn);
  std::string digits;
  for (const std::uint8_t byte : drawn) digits += kAlphabet[byte % kAlphabet.size()];
  return grouped(digits);
}

std::optional<std::string> link_code_in(std::string_view words) {
  if (words.size() > kMostWords) return std::nullopt;
  std::string letters;
  for (char c : words) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const bool is_between = c == ' ' || c == '-' || c == '\n' || c == '\r' || c == '\t';
    if (!is_between) letters += c;
  }
  std::string_view left = letters;
  if (left.starts_with(kStart)) left.remove_prefix(kStart.size());
  if (!left.starts_with(kLinkPrefix) || left.size() != kLinkPrefix.size() + kDigits)
    return std::nullopt;
  std::string digits{left.substr(kLinkPrefix.size())};
  for (char& c : digits) {
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kAlphabet.find(c) == std::string_view::npos) return std::nullopt;
  }
  return grouped(digits);
}

PendingLink pending_link(std::string_view code, const PersonId& person, const ChannelId& channel,
                         base::Instant expires) {
  return {hash_of_code(code), person, channel, expires};
}

std::optional<std::size_t> find_link(std::span<const PendingLink> pending, std::string_view code) {
  const seal::Hash hash = hash_of_code(code);
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < pending.size(); ++i)
    if (seal::equal_in_constant_time(pending[i].hash, hash)) found = i;
  return found;
}

base::Bytes encode(std::span<const PendingLink> pending) {
  base::ByteWriter out;
  out.u8(kLinksVersion);
  out.varint(pending.size());
  for (const PendingLink& one : pending) {
    out.raw(one.hash);
    out.text(one.person.str());
    out.text(one.channel.str());
    out.i64(one.expires.time_since_epoch().count());
    out.u8(one.used ? 1 : 0);
    if (one.used) out.i64(one.used->time_since_epoch().count());
  }
  return out.take();
}

std::optional<std::vector<PendingLink>> decode_links(base::ByteView bytes) {
  base::ByteReader in{bytes};
  if (in.u8() != kLinksVersion) return std::nullopt;
  const std::uint64_t count = in.varint();
  if (count > kMostLinks) return std::nullopt;
  std::vector<PendingLink> pending;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    PendingLink one;
    one.hash = in.array<seal::Hash{}.size()>();
    one.person = PersonId{link_text(in)};
    one.channel = ChannelId{link_text(in)};
    one.expires = base::Instant{base::Milliseconds{in.i64()}};
    const std::uint8_t used = in.u8();
    if (used > 1) in.fail();
    if (used == 1) one.used = base::Instant{base::Milliseconds{in.i64()}};
    pending.push_back(std::move(one));
  }
  if (!in.done()) return std::nullopt;
  return pending;
}

}  // namespace tocsin::roster
