#include "home/keyring.h"

#include <fmt/format.h>
#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "base/fault.h"
#include "seal/secret.h"

namespace tocsin::home {

namespace {

// System calls are made directly: glibc has no functions for them, and libkeyutils would be one
// more package for four calls.

// All permissions to a process with the key in its keyrings, none to others: keyctl_setperm(3).
constexpr long kPossessorAlone = 0x3f000000;
constexpr std::size_t kMostKeyBytes = 32767;  // of a "user" key

std::string key_description(std::string_view name) { return fmt::format("tocsin:{}", name); }

// The number of the session's keyring, or of the user's when the session has none. With
// KEY_SPEC_SESSION_KEYRING instead, the kernel would then make a keyring that ends with this
// process.
long session_keyring() {
  return ::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0);
}

long search(std::string_view name) {
  return ::syscall(SYS_keyctl, KEYCTL_SEARCH, session_keyring(), "user",
                   key_description(name).c_str(), 0);
}

}  // namespace

std::optional<base::Bytes> SessionKeyring::find(std::string_view name) {
  const long key = search(name);
  if (key < 0) return std::nullopt;
  base::Bytes secret(kMostKeyBytes);
  const long size = ::syscall(SYS_keyctl, KEYCTL_READ, key, secret.data(), secret.size());
  if (size < 0 || static_cast<std::size_t>(size) > secret.size()) return std::nullopt;
  secret.resize(static_cast<std::size_t>(size));
  return secret;
}

void SessionKeyring::keep(std::string_view name, base::ByteView secret, std::chrono::seconds life) {
  const auto fail = [] {
    throw base::Fault(
        base::Exit::fault,
        fmt::format("the kernel's keyring cannot be used here: {}",
                    std::generic_category().message(errno)),
        "containers often forbid it: name a file with --passphrase-file or TOCSIN_PASSPHRASE_FILE");
  };
  const long session = session_keyring();
  if (session < 0) fail();
  const long key = ::syscall(SYS_add_key, "user", key_description(name).c_str(), secret.data(),
                             secret.size(), session);
  if (key < 0) fail();
  // A key without a timeout, or that others can read, must not stay.
  if (::syscall(SYS_keyctl, KEYCTL_SET_TIMEOUT, key, static_cast<unsigned>(life.count())) != 0 ||
      ::syscall(SYS_keyctl, KEYCTL_SETPERM, key, kPossessorAlone) != 0) {
    const int error = errno;
    ::syscall(SYS_keyctl, KEYCTL_UNLINK, key, session);
    errno = error;
    fail();
  }
}

bool SessionKeyring::forget(std::string_view name) {
  const long key = search(name);
  if (key < 0) return false;
  return ::syscall(SYS_keyctl, KEYCTL_INVALIDATE, key) == 0 ||
         ::syscall(SYS_keyctl, KEYCTL_UNLINK, key, session_keyring()) == 0;
}

}  // namespace tocsin::home
