#include "home/folder.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/file.h"
#include "seal/secret.h"

namespace tocsin::home {

namespace {

namespace fs = std::filesystem;
using base::Exit;
using base::Fault;

constexpr std::size_t kMostKeyFile = 16 * 1024;
constexpr std::size_t kMostFile = 64 * 1024 * 1024;  // a roster of 100,000 is about 30 MB
constexpr fs::perms kOthers = fs::perms::group_all | fs::perms::others_all;

std::optional<seal::Identity> identity_of(base::Bytes&& halves) {
  std::optional<seal::Identity> identity;
  if (halves.size() == 64)
    identity.emplace(
        seal::Identity::from_secret_halves(std::span<const std::uint8_t, 64>{halves.data(), 64}));
  seal::wipe(halves);
  return identity;
}

std::string read_key_file(const fs::path& path) {
  check_private(path);
  return base::read_file(path, kMostKeyFile);
}

seal::KeyFile described(const fs::path& path, std::string_view file, std::string_view kind) {
  const auto description = seal::describe_key_file(base::bytes_of(file));
  if (!description)
    throw Fault(Exit::untrusted, fmt::format("{} is not a key file", path.string()),
                "it was changed or damaged: take it from a backup");
  if (description->kind != kind)
    throw Fault(Exit::untrusted, fmt::format("{} does not hold {}", path.string(), kind),
                "check \"keys:\" in tocsin.yaml");
  return *description;
}

}  // namespace

void make_private(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error)
    throw Fault(Exit::fault,
                fmt::format("cannot make the folder {}: {}", folder.string(), error.message()),
                "check the path and its permissions");
}

void check_private(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error || !fs::exists(status)) return;  // the fault of reading it says what is wrong
  if ((status.permissions() & kOthers) == fs::perms::none) return;
  const bool folder = fs::is_directory(status);
  throw Fault(Exit::untrusted, fmt::format("others on this machine can get at {}", path.string()),
              fmt::format("chmod {} {}", folder ? "700" : "600", path.string()));
}

fs::path named_file(const fs::path& folder, std::string_view name, std::string_view extension) {
  TOCSIN_ASSERT(!name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }));
  return folder / fmt::format("{}{}", name, extension);
}

bool is_there(const fs::path& path) {
  std::error_code unknown;
  return fs::status(path, unknown).type() != fs::file_type::not_found;
}

std::optional<base::Bytes> read_if_there(const fs::path& path) {
  if (!is_there(path)) return std::nullopt;
  const std::string content = base::read_file(path, kMostFile);
  return base::Bytes{content.begin(), content.end()};
}

void write_key(const fs::path& path, std::string_view kind, const seal::Identity& identity,
               seal::Protection protection, std::string_view passphrase, base::Random& random,
               seal::Stretch stretch) {
  const seal::SecretBytes<64> halves = identity.secret_halves();
  base::write_file(path,
                   seal::protect_key(kind, halves.view(), protection, passphrase, random, stretch),
                   base::Access::owner_only);
}

seal::Protection key_protection(const fs::path& path, std::string_view kind) {
  return described(path, read_key_file(path), kind).protection;
}

seal::Identity read_key(const fs::path& path, std::string_view kind,
                        PassphraseSource& passphrases) {
  std::string file = read_key_file(path);
  const bool asks = described(path, file, kind).protection == seal::Protection::passphrase;
  const Passphrase passphrase = asks ? passphrases.ask(kind) : Passphrase{{}};
  auto halves = seal::open_key_file(base::bytes_of(file), passphrase.text());
  seal::wipe({reinterpret_cast<std::uint8_t*>(file.data()), file.size()});
  auto identity = halves ? identity_of(*std::move(halves)) : std::nullopt;
  if (identity) return *std::move(identity);
  if (!asks)
    throw Fault(Exit::untrusted, fmt::format("{} was changed or damaged", path.string()),
                "take it from a backup");
  throw Fault(Exit::untrusted, fmt::format("wrong passphrase for {}", kind),
              fmt::format("try again; if you are sure of it, {} was changed", path.string()));
}

seal::Identity find_key(const fs::path& path, std::string_view kind,
                        const seal::PublicIdentity& expected, PassphraseSource& passphrases,
                        KeyCache& keyring) {
  if (!passphrases.is_named()) {
    auto halves = keyring.find(seal::to_text(expected.id()));
    auto kept = halves ? identity_of(*std::move(halves)) : std::nullopt;
    if (kept && kept->public_identity() == expected) return *std::move(kept);
  }
  seal::Identity identity = read_key(path, kind, passphrases);
  if (identity.public_identity() != expected)
    throw Fault(Exit::untrusted,
                fmt::format("{} is not the key that this folder was made with", path.string()),
                "take it from a backup");
  return identity;
}

void keep_key(const seal::Identity& identity, KeyCache& keyring, std::chrono::seconds life) {
  const seal::SecretBytes<64> halves = identity.secret_halves();
  keyring.keep(seal::to_text(identity.public_identity().id()), halves.view(), life);
}

bool forget_key(const seal::PublicIdentity& identity, KeyCache& keyring) {
  return keyring.forget(seal::to_text(identity.id()));
}

}  // namespace tocsin::home
