// A responder's folder on their own machine: the device's key, and what enrolment told it about the
// organisation. It holds nothing about other people. Layout: tocsin-home(5).
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/random.h"
#include "home/keyring.h"
#include "home/passphrase.h"
#include "home/settings.h"
#include "seal/at_rest.h"
#include "seal/key.h"
#include "seal/key_file.h"

namespace tocsin::home {

// What the device keeps of its enrolment.
struct Enrolment {
  std::string organisation_name;
  seal::PublicIdentity organisation;
  seal::PublicIdentity enrolment_mailbox;  // where the enrolment was sent
  Relay relay;
  std::string person;      // id on the roster; empty until the organisation has accepted
  std::uint64_t list = 0;  // number of the newest membership list with this device; 0: none yet

  bool accepted() const noexcept { return list > 0; }
};

// A small file of the device itself, such as the cursor of its inbox.
struct OwnFile {
  std::string_view name;
  base::ByteView content;
};

class DeviceHome {
 public:
  // False, too, when its key was destroyed and the rest is still there.
  static bool exists(const std::filesystem::path& path);
  // Goes on with a device that was nearly made when its program was killed, and removes one that
  // was less than that, or was nearly destroyed. Call it before exists() and create().
  static void finish_killed(const std::filesystem::path& path);
  // Makes the folder with a new key and files of its own, all or nothing. Faults when the folder
  // holds a device already.
  static DeviceHome create(const std::filesystem::path& path, const Enrolment& enrolment,
                           seal::Protection protection, std::string_view passphrase,
                           base::Random& random, seal::Stretch stretch = {},
                           std::span<const OwnFile> own = {});
  static DeviceHome open(const std::filesystem::path& path);

  const std::filesystem::path& path() const noexcept { return path_; }
  const Enrolment& enrolment() const noexcept { return enrolment_; }
  const seal::PublicIdentity& device() const noexcept { return device_; }
  void set_enrolment(const Enrolment& enrolment);  // on the disk when it returns
  seal::Protection protection() const;
  seal::Identity unlock(PassphraseSource& passphrases, KeyCache& keyring) const;
  void keep_unlocked(PassphraseSource& passphrases, KeyCache& keyring,
                     std::chrono::seconds life) const;
  bool forget(KeyCache& keyring) const;
  // Deletes the key first, then everything that it opens. A file that cannot be deleted stays, but
  // nobody can open it.
  void destroy(KeyCache& keyring) const;

  // nullopt when there is none.
  std::optional<base::Bytes> read_own(std::string_view name) const;
  void write_own(std::string_view name, base::ByteView content) const;

 private:
  explicit DeviceHome(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
  Enrolment enrolment_;
  seal::PublicIdentity device_;
};

}  // namespace tocsin::home
