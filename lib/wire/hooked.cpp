#include "wire/hooked.h"

#include <algorithm>

#include "seal/at_rest.h"
#include "seal/hpke.h"

namespace tocsin::wire {

namespace {

constexpr std::string_view kPurpose = "tocsin/v1/hooked";
constexpr std::uint8_t kVersion = 1;

}  // namespace

bool is_hook_name(std::string_view text) noexcept {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && text.size() <= kMostHookName && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

base::Bytes seal(const Hooked& hooked, const seal::SealingKey& to, base::Random& random) {
  base::ByteWriter out;
  out.u8(kVersion);
  out.text(hooked.hook);
  out.i64(hooked.at.time_since_epoch().count());
  out.text(hooked.query);
  out.sized(hooked.body);
  return seal::hpke::seal_once(to, base::bytes_of(kPurpose), {}, out.bytes(), random);
}

std::optional<Hooked> open_hooked(base::ByteView sealed, const seal::OpeningKey& key) {
  const auto opened = seal::hpke::open_once(key, base::bytes_of(kPurpose), {}, sealed);
  if (!opened) return std::nullopt;
  base::ByteReader in{*opened};
  if (in.u8() != kVersion) return std::nullopt;
  Hooked hooked;
  hooked.hook = in.text();
  hooked.at = base::Instant{base::Milliseconds{in.i64()}};
  hooked.query = in.text();
  const base::ByteView body = in.sized();
  if (!in.done() || !is_hook_name(hooked.hook)) return std::nullopt;
  hooked.body.assign(body.begin(), body.end());
  return hooked;
}

seal::MessageId hooked_id(const Hooked& hooked) {
  base::ByteWriter text;
  text.text(hooked.hook);
  text.text(hooked.query);
  const seal::Hash hash = seal::hash_of(text.bytes(), hooked.body);
  seal::MessageId id;
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

std::string to_text(const seal::PublicIdentity& key) {
  base::ByteWriter out;
  write(out, key);
  return base::to_base64url(out.bytes());
}

std::optional<seal::PublicIdentity> public_identity_from_text(std::string_view text) {
  const auto bytes = base::from_base64url(text);
  if (!bytes) return std::nullopt;
  base::ByteReader in{*bytes};
  const seal::PublicIdentity key = seal::read_public_identity(in);
  if (!in.done() || !seal::can_seal_to(key.seal)) return std::nullopt;
  return key;
}

}  // namespace tocsin::wire
