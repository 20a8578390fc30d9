// The organisation's folder: settings, key files, sealed files, journals (design §3, §7, §10). It
// promises that what it writes is readable by its owner alone, and that everything except
// certifying works while the organisation's own key is kept elsewhere. Layout: tocsin-home(5).
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/lock.h"
#include "base/random.h"
#include "home/keyring.h"
#include "home/passphrase.h"
#include "home/settings.h"
#include "seal/at_rest.h"
#include "seal/certificate.h"
#include "seal/envelope.h"
#include "seal/key.h"
#include "seal/p256.h"

namespace tocsin::home {

// What stands at the beginning.
struct Founding {
  std::string organisation;  // "St Elsewhere"
  std::string site;          // ODS code, may be empty
  std::string coordinator;   // "Dr A. Okafor, on-call director"
  seal::Role tier = seal::Role::strategic;
  std::optional<Relay> relay;
  seal::Protection protection = seal::Protection::passphrase;
  seal::Stretch stretch;
};

// What the coordinator's passphrase opens.
struct Unlocked {
  seal::Identity coordinator;
  seal::Certificate certificate;  // of the coordinator, by the organisation
  seal::StoreKey store;           // seals journals and other files at rest
  seal::Identity enrolment;       // its mailbox receives enrolments
};

class Home {
 public:
  static bool exists(const std::filesystem::path& path);
  // Makes the folder and everything in it; the passphrase is not looked at without protection.
  // Faults when a home is there already: ask exists() first.
  static Home create(const std::filesystem::path& path, const Founding& founding,
                     std::string_view passphrase, base::Random& random, const base::Clock& clock);
  // Reads what needs no key. Faults (invalid) when tocsin.yaml is not sound, (fault) when there is
  // no home or others on this machine can read it, (untrusted) when the coordinator's certificate
  // is not the organisation's.
  static Home open(const std::filesystem::path& path);

  const std::filesystem::path& path() const noexcept { return path_; }
  const Settings& settings() const noexcept { return settings_; }
  const seal::PublicIdentity& organisation() const noexcept { return organisation_; }
  const seal::PublicIdentity& enrolment() const noexcept { return enrolment_; }
  const seal::Certificate& certificate() const noexcept { return certificate_; }
  // Who can open what is wrapped: the coordinator, and the organisation's key should the
  // coordinator's be lost.
  std::vector<seal::SealingKey> holders() const;

  // Whether a passphrase is needed at all.
  seal::Protection protection() const;
  // A named passphrase file first, then the keyring, then the terminal. Faults (untrusted) for a
  // wrong passphrase or a changed file. About a second when the passphrase is used.
  Unlocked unlock(PassphraseSource& passphrases, KeyCache& keyring) const;
  // Keeps the coordinator's key in the keyring for `life`, after one passphrase.
  void keep_unlocked(PassphraseSource& passphrases, KeyCache& keyring,
                     std::chrono::seconds life) const;
  bool forget(KeyCache& keyring) const;
  // The key that certifies and signs the membership. Never kept in the keyring. Faults when it is
  // kept elsewhere, naming where it was looked for.
  seal::Identity unlock_organisation(PassphraseSource& passphrases) const;

  // Whole files sealed under the store key: "roster", "rota". Names are a-z, 0-9 and "-".
  // nullopt when there is none; faults (untrusted) when it was changed or swapped for another.
  std::optional<base::Bytes> read_sealed(const seal::StoreKey& store, std::string_view name) const;
  void write_sealed(const seal::StoreKey& store, std::string_view name, base::ByteView content,
                    base::Random& random) const;
  // Files that are signed rather than sealed, such as the membership. nullopt when there is none.
  std::optional<base::Bytes> read_public(std::string_view name) const;
  void write_public(std::string_view name, base::ByteView content) const;

  // Held by whoever reads such a file to change and write it: nobody undoes what another process
  // wrote. Waits for a few seconds, then faults. The lock is no part of the file and may stay.
  base::FileLock hold(std::string_view name) const;

  // The key that push services know us by, wrapped to holders(); made when it is first asked for.
  // Faults (untrusted) when it was changed or is not wrapped to us.
  seal::P256Key push_key(const Unlocked& unlocked, base::Random& random) const;

  // The record of one incident.
  std::filesystem::path journal_path(const seal::MessageId& incident) const;
  std::vector<seal::MessageId> incidents() const;  // those with a journal; by name, not by time

  // An incident's own key pair, wrapped to holders(): replies are sealed to it.
  seal::Identity create_incident_key(const seal::MessageId& incident, base::Random& random) const;
  // nullopt once destroyed; faults (untrusted) when it was changed or is not wrapped to us.
  std::optional<seal::Identity> incident_key(const seal::MessageId& incident,
                                             const Unlocked& unlocked) const;
  // The purge: no transport copy can be opened again. False when it was gone already.
  bool destroy_incident_key(const seal::MessageId& incident) const;

 private:
  explicit Home(std::filesystem::path path) : path_(std::move(path)) {}

  seal::Identity unlock_coordinator(PassphraseSource& passphrases, KeyCache& keyring) const;
  std::filesystem::path key_path(const std::filesystem::path& named) const;
  std::filesystem::path incident_key_path(const seal::MessageId& incident) const;

  std::filesystem::path path_;
  Settings settings_;
  seal::PublicIdentity organisation_;
  seal::PublicIdentity enrolment_;
  seal::Certificate certificate_;
};

}  // namespace tocsin::home
