#include "seal/key_file.h"

#include <algorithm>

#include "base/fault.h"
#include "seal/at_rest.h"
#include "seal/sodium.h"

namespace tocsin::seal {

namespace {

using base::Bytes;
using base::ByteView;

constexpr std::string_view kKeyFileMagic = "TOCK";
constexpr std::uint8_t kKeyFileVersion = 1;
constexpr std::uint8_t kClear = 0;
constexpr std::uint8_t kArgon2id = 1;
constexpr std::size_t kMostKind = 64;
constexpr std::size_t kMostSecret = 4096;
constexpr std::uint32_t kMostPasses = 16;
constexpr std::uint32_t kMostMemoryKib = 2 * 1024 * 1024;
using Salt = std::array<std::uint8_t, crypto_pwhash_argon2id_SALTBYTES>;

struct Parts {
  std::string kind;
  Protection protection = Protection::none;
  Stretch stretch;
  Salt salt{};
  ByteView front;  // everything before the body: authenticated with it
  ByteView body;
};

bool is_bearable(Stretch stretch) {
  return stretch.passes >= 1 && stretch.passes <= kMostPasses && stretch.memory_kib >= 8 &&
         stretch.memory_kib <= kMostMemoryKib;
}

std::optional<Parts> parse(ByteView file) {
  base::ByteReader in{file};
  if (base::text_of(in.raw(kKeyFileMagic.size())) != kKeyFileMagic || in.u8() != kKeyFileVersion)
    return std::nullopt;
  Parts parts;
  parts.kind = base::text_of(in.raw(in.u8()));
  const std::uint8_t how = in.u8();
  if (how == kArgon2id) {
    parts.protection = Protection::passphrase;
    parts.stretch = {in.u32(), in.u32()};
    const ByteView salt = in.raw(parts.salt.size());
    std::copy(salt.begin(), salt.end(), parts.salt.begin());
  }
  parts.front = file.first(file.size() - in.left());
  parts.body = in.raw(in.left());
  const bool sound = in.ok() && how <= kArgon2id && !parts.kind.empty() &&
                     parts.kind.size() <= kMostKind && parts.body.size() <= kMostSecret + 64 &&
                     (how == kClear || is_bearable(parts.stretch));
  return sound ? std::optional{parts} : std::nullopt;
}

StoreKey stretch_passphrase(std::string_view passphrase, const Salt& salt, Stretch stretch) {
  start_sodium();
  StoreKey key;
  // The pointer of an empty text may be null, and libsodium must not be given a null pointer.
  if (crypto_pwhash(key.data(), key.size(), passphrase.empty() ? "" : passphrase.data(),
                    passphrase.size(), salt.data(), stretch.passes,
                    std::size_t{stretch.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw base::Fault(base::Exit::fault, "there is not enough memory to try the passphrase",
                      "close other programs and try again");
  return key;
}

}  // namespace

Bytes protect_key(std::string_view kind, ByteView secret, Protection protection,
                  std::string_view passphrase, base::Random& random, Stretch stretch) {
  TOCSIN_ASSERT(!kind.empty() && kind.size() <= kMostKind && secret.size() <= kMostSecret);
  TOCSIN_ASSERT(is_bearable(stretch));
  base::ByteWriter out;
  out.raw(base::bytes_of(kKeyFileMagic));
  out.u8(kKeyFileVersion);
  out.u8(static_cast<std::uint8_t>(kind.size()));
  out.raw(base::bytes_of(kind));
  if (protection == Protection::none) {
    out.u8(kClear);
    const Hash check = hash_of(out.bytes(), secret);
    out.raw(check);
    out.raw(secret);
    return out.take();
  }
  Salt salt{};
  random.fill(salt);
  out.u8(kArgon2id);
  out.u32(stretch.passes);
  out.u32(stretch.memory_kib);
  out.raw(salt);
  const StoreKey key = stretch_passphrase(passphrase, salt, stretch);
  out.raw(seal_at_rest(key, Bytes{out.bytes()}, secret, random));
  return out.take();
}

std::optional<KeyFile> describe_key_file(ByteView file) {
  const auto parts = parse(file);
  if (!parts) return std::nullopt;
  return KeyFile{parts->kind, parts->protection};
}

std::optional<Bytes> open_key_file(ByteView file, std::string_view passphrase) {
  const auto parts = parse(file);
  if (!parts) return std::nullopt;
  if (parts->protection == Protection::passphrase)
    return open_at_rest(stretch_passphrase(passphrase, parts->salt, parts->stretch), parts->front,
                        parts->body);
  if (parts->body.size() < sizeof(Hash)) return std::nullopt;
  const ByteView check = parts->body.first(sizeof(Hash));
  const ByteView secret = parts->body.subspan(sizeof(Hash));
  if (!equal_in_constant_time(check, hash_of(parts->front, secret))) return std::nullopt;
  return Bytes{secret.begin(), secret.end()};
}

}  // namespace tocsin::seal
