// A folder that only its owner may enter, and the files in it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "home/keyring.h"
#include "home/passphrase.h"
#include "seal/at_rest.h"
#include "seal/key.h"
#include "seal/key_file.h"

namespace tocsin::home {

// Makes the folder and its parents, and gives it mode 0700.
void make_private(const std::filesystem::path& folder);
// Faults when the group or others may read, write or enter it.
void check_private(const std::filesystem::path& path);

// The path of a file in `folder`. `name` may contain a-z, 0-9 and "-"; anything else is a bug of
// the caller.
std::filesystem::path named_file(const std::filesystem::path& folder, std::string_view name,
                                 std::string_view extension);

// Also true when that cannot be told, as on a disk that fails: reading it then says why. Whoever
// takes "cannot be told" for "is not there" makes anew, or removes, what is there.
bool is_there(const std::filesystem::path& path);

// nullopt when there is no such file.
std::optional<base::Bytes> read_if_there(const std::filesystem::path& path);

// Writes a key file. `kind` tells the key of a coordinator from that of a device.
void write_key(const std::filesystem::path& path, std::string_view kind,
               const seal::Identity& identity, seal::Protection protection,
               std::string_view passphrase, base::Random& random, seal::Stretch stretch);
seal::Protection key_protection(const std::filesystem::path& path, std::string_view kind);
// Asks for the passphrase only when the file is protected. Faults (untrusted) for a wrong
// passphrase or a changed file.
seal::Identity read_key(const std::filesystem::path& path, std::string_view kind,
                        PassphraseSource& passphrases);

// Takes the key from the keyring, or else reads the file. A passphrase file that was named goes
// before the keyring. The key found must be the key pair of `expected`.
seal::Identity find_key(const std::filesystem::path& path, std::string_view kind,
                        const seal::PublicIdentity& expected, PassphraseSource& passphrases,
                        KeyCache& keyring);
void keep_key(const seal::Identity& identity, KeyCache& keyring, std::chrono::seconds life);
bool forget_key(const seal::PublicIdentity& identity, KeyCache& keyring);

}  // namespace tocsin::home
