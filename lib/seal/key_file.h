// The key files of an organisation and of a device. tocsin-envelope(5), KEY FILES, specifies the
// layout.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"

namespace tocsin::seal {

// A key file holds a secret under a passphrase (Argon2id, about a second, 256 MiB), or unprotected
// in a drill's temporary home. It names its protection. Its magic, version and kind tell a wrong
// file from a wrong passphrase.
enum class Protection : std::uint8_t { passphrase, none };
// The work of trying one passphrase. It is written into the file. A file that asks for more than
// 2 GiB or 16 passes is refused, so that a hostile file cannot exhaust the machine.
struct Stretch {
  std::uint32_t passes = 6;
  std::uint32_t memory_kib = 256 * 1024;
};
// `kind` says what the key is for, in 1 to 64 bytes: "tocsin coordinator". Protection::none ignores
// `passphrase`.
base::Bytes protect_key(std::string_view kind, base::ByteView secret, Protection protection,
                        std::string_view passphrase, base::Random& random, Stretch stretch = {});
struct KeyFile {
  std::string kind;
  Protection protection = Protection::none;
};
std::optional<KeyFile> describe_key_file(base::ByteView file);
// nullopt when the passphrase is wrong or the file was changed. Faults when there is not enough
// memory to try. The caller wipes the result.
std::optional<base::Bytes> open_key_file(base::ByteView file, std::string_view passphrase);

}  // namespace tocsin::seal
