// The organisation's folder: settings, key files, sealed files, journals (tocsin-home(5)). Only its
// owner can read what it writes. The organisation's own key may be kept elsewhere; only certifying
// needs it.
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
#include "home/making.h"
#include "home/passphrase.h"
#include "home/settings.h"
#include "seal/at_rest.h"
#include "seal/certificate.h"
#include "seal/envelope.h"
#include "seal/key.h"
#include "seal/key_file.h"
#include "seal/p256.h"

namespace tocsin::home {

// What a new home is made from.
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

// The lock (Home::hold) of whoever makes an incident or changes the list of incidents.
inline constexpr std::string_view kIncidentsLock = "incidents";

class Home {
 public:
  static bool exists(const std::filesystem::path& path);
  // Goes on with a home that was nearly made when its program was killed, and removes one that was
  // less than that. Call it before exists() and create().
  static void finish_killed(const std::filesystem::path& path);
  // Makes the folder and everything in it, all or nothing. Protection::none ignores the passphrase.
  // Faults when the folder holds a home already: ask exists() first.
  static Home create(const std::filesystem::path& path, const Founding& founding,
                     std::string_view passphrase, base::Random& random, const base::Clock& clock);
  // Reads what needs no key. Faults (invalid) when tocsin.yaml is not sound; (fault) when there is
  // no home; (untrusted) when others on this machine can read it, or when the organisation did not
  // sign the coordinator's certificate.
  static Home open(const std::filesystem::path& path);

  const std::filesystem::path& path() const noexcept { return path_; }
  const Settings& settings() const noexcept { return settings_; }
  const seal::PublicIdentity& organisation() const noexcept { return organisation_; }
  const seal::PublicIdentity& enrolment() const noexcept { return enrolment_; }
  const seal::Certificate& certificate() const noexcept { return certificate_; }
  // The keys that open what is wrapped: the coordinator's, and the organisation's in case the
  // coordinator's is lost.
  std::vector<seal::SealingKey> holders() const;

  // Whether a passphrase is needed at all.
  seal::Protection protection() const;
  // Tries a named passphrase file, then the keyring, then the terminal. Faults (untrusted) for a
  // wrong passphrase or a changed file. A passphrase takes about a second.
  Unlocked unlock(PassphraseSource& passphrases, KeyCache& keyring) const;
  // Asks for the passphrase once and keeps the coordinator's key in the keyring for `life`.
  void keep_unlocked(PassphraseSource& passphrases, KeyCache& keyring,
                     std::chrono::seconds life) const;
  bool forget(KeyCache& keyring) const;
  // The key that certifies coordinators and signs the membership. The keyring never holds it. When
  // the file is not there, the Fault names its path.
  seal::Identity unlock_organisation(PassphraseSource& passphrases) const;

  // Files sealed under the store key, such as "roster" and "rota". Names consist of a-z, 0-9 and
  // "-". nullopt when there never was one: the home remembers in NAME.kept that it had one, and
  // without it a missing file faults. Faults (untrusted) when it is gone, changed, or replaced by
  // another.
  std::optional<base::Bytes> read_sealed(const seal::StoreKey& store, std::string_view name) const;
  void write_sealed(const seal::StoreKey& store, std::string_view name, base::ByteView content,
                    base::Random& random) const;
  // Files that are signed and not sealed, such as the membership. nullopt when there is none.
  std::optional<base::Bytes> read_public(std::string_view name) const;
  void write_public(std::string_view name, base::ByteView content) const;

  // A lock to hold while such a file is read, changed and written, so that no process overwrites
  // the change of another. Waits for a few seconds, then faults. The lock's file stays and does no
  // harm.
  base::FileLock hold(std::string_view name) const;

  // The key that identifies us to push services, wrapped to holders(). The first call makes it.
  // Faults (untrusted) when it was changed or is not wrapped to us.
  seal::P256Key push_key(const Unlocked& unlocked, base::Random& random) const;

  // The key of a hook of the relay (tocsin-relay(5), HOOKS), wrapped to holders(). Its public half
  // needs no passphrase, and the first call makes it. The whole faults when nobody has made it, and
  // as push_key does.
  seal::PublicIdentity hook_identity(std::string_view hook, base::Random& random) const;
  seal::Identity hook_key(std::string_view hook, const Unlocked& unlocked) const;

  // The journal of an incident.
  std::filesystem::path journal_path(const seal::MessageId& incident) const;
  std::vector<seal::MessageId> incidents() const;  // those with a journal, ordered by id

  // Begins the files of a new incident: its key and its journal, which is the mark. Hold
  // kIncidentsLock meanwhile. Removes what killed processes left of theirs.
  Making begin_incident(const seal::MessageId& incident) const;
  static std::filesystem::path journal_in(const std::filesystem::path& folder,
                                          const seal::MessageId& incident);
  // The key pair of an incident, wrapped to holders(). Replies are sealed to it.
  seal::Identity create_incident_key(const Making& making, const seal::MessageId& incident,
                                     base::Random& random) const;
  // nullopt when it was destroyed; faults (untrusted) when it was changed or is not wrapped to us.
  std::optional<seal::Identity> incident_key(const seal::MessageId& incident,
                                             const Unlocked& unlocked) const;
  // For the purge: afterwards no transport copy can be opened. False when it was gone already.
  bool destroy_incident_key(const seal::MessageId& incident) const;

 private:
  explicit Home(std::filesystem::path path) : path_(std::move(path)) {}

  seal::Identity unlock_coordinator(PassphraseSource& passphrases, KeyCache& keyring) const;
  std::filesystem::path key_path(const std::filesystem::path& named) const;
  void write_all(const std::filesystem::path& folder, const Founding& founding,
                 std::string_view passphrase, base::Random& random, const base::Clock& clock);
  std::filesystem::path incident_key_path(const seal::MessageId& incident) const;

  std::filesystem::path path_;
  Settings settings_;
  seal::PublicIdentity organisation_;
  seal::PublicIdentity enrolment_;
  seal::Certificate certificate_;
};

}  // namespace tocsin::home
