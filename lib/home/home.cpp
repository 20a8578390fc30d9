#include "home/home.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>

#include "base/fault.h"
#include "base/file.h"
#include "home/folder.h"

namespace tocsin::home {

namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::ByteView;
using base::Exit;
using base::Fault;

constexpr std::string_view kSettings = "tocsin.yaml";
constexpr std::string_view kHomeMaking = "home";  // its temporary name
constexpr std::string_view kIncidents = "incidents";
constexpr std::string_view kJournal = ".journal";
constexpr std::string_view kKept = ".kept";  // beside a sealed file: the home had one
constexpr std::string_view kOrganisationKind = "the organisation's key";
constexpr std::string_view kCoordinatorKind = "the coordinator's key";
// The purpose of each wrapped key, so that one file cannot replace another.
constexpr std::string_view kStorePurpose = "store";
constexpr std::string_view kEnrolmentPurpose = "enrolment";
constexpr std::string_view kPushPurpose = "push";
constexpr auto kCoordinatorLife = std::chrono::days{5 * 365};

std::string incident_purpose(const seal::MessageId& incident) {
  return fmt::format("incident/{}", seal::to_text(incident));
}

std::string hook_purpose(std::string_view hook) { return fmt::format("hook/{}", hook); }

fs::path hook_path(const fs::path& home, std::string_view hook) {
  return home / fmt::format("hook-{}.key", hook);
}

fs::path key_in(const fs::path& folder, const seal::MessageId& incident) {
  return folder / fmt::format("{}.key", seal::to_text(incident));
}

Fault changed(const fs::path& path) {
  return Fault(Exit::untrusted, fmt::format("{} was changed or damaged", path.string()),
               "take it from a backup");
}

Bytes read_needed(const fs::path& path) {
  constexpr std::size_t kMost = 64 * 1024;
  const std::string content = base::read_file(path, kMost);
  return Bytes{content.begin(), content.end()};
}

template <std::size_t Size>
std::optional<seal::SecretBytes<Size>> unwrapped(ByteView file, const seal::OpeningKey& holder,
                                                 std::string_view purpose) {
  auto bytes = seal::unwrap(file, holder, purpose);
  std::optional<seal::SecretBytes<Size>> secret;
  if (bytes && bytes->size() == Size)
    secret.emplace(std::span<const std::uint8_t, Size>{bytes->data(), Size});
  if (bytes) seal::wipe(*bytes);
  return secret;
}

// organisation.pub: the organisation's public identity, then that of its enrolment mailbox.
Bytes public_file(const seal::PublicIdentity& organisation, const seal::PublicIdentity& enrolment) {
  base::ByteWriter out;
  write(out, organisation);
  write(out, enrolment);
  return out.take();
}

void write_private(const fs::path& path, ByteView content) {
  base::write_file(path, content, base::Access::owner_only);
}

Bytes sealed_aad(std::string_view name) {
  base::ByteWriter aad;
  aad.raw(base::bytes_of("tocsin/v1/file/"));
  aad.raw(base::bytes_of(name));
  return aad.take();
}

}  // namespace

bool Home::exists(const fs::path& path) { return is_there(path / kSettings); }

void Home::finish_killed(const fs::path& path) {
  Making::finish_killed(path, kHomeMaking, std::string{kSettings});
}

Home Home::create(const fs::path& path, const Founding& founding, std::string_view passphrase,
                  base::Random& random, const base::Clock& clock) {
  Home home{path};
  home.settings_.organisation = founding.organisation;
  home.settings_.site = founding.site;
  home.settings_.relay = founding.relay;
  if (founding.relay) home.settings_.channels.push_back({contact::ChannelId{"relay"}});
  home.settings_.channels.push_back({contact::ChannelId{"phone"}});
  const std::string settings = settings_text(home.settings_);
  document::Findings findings;
  home.settings_ = parse_settings(settings, kSettings, findings);
  findings.throw_if_errors("new home's settings");

  const fs::path organisation_path = home.key_path(home.settings_.keys.organisation);
  const fs::path coordinator_path = home.key_path(home.settings_.keys.coordinator);
  for (const fs::path& there : {path / kSettings, organisation_path, coordinator_path})
    if (is_there(there))
      throw Fault(Exit::fault, fmt::format("{} is there already", there.string()),
                  "move it away if it is no longer wanted; nothing was changed");

  make_private(path);
  make_private(path / kIncidents);
  Making making(path, kHomeMaking, std::string{kSettings});
  home.write_all(making.folder(), founding, passphrase, random, clock);
  // The mark, because exists() looks for this file.
  write_private(making.folder() / kSettings, base::bytes_of(settings));
  making.finish();
  return home;
}

void Home::write_all(const fs::path& folder, const Founding& founding, std::string_view passphrase,
                     base::Random& random, const base::Clock& clock) {
  const seal::Identity organisation = seal::Identity::generate(random);
  const seal::Identity coordinator = seal::Identity::generate(random);
  const seal::Identity enrolment = seal::Identity::generate(random);
  const seal::StoreKey store = seal::generate_store_key(random);
  organisation_ = organisation.public_identity();
  enrolment_ = enrolment.public_identity();
  certificate_ =
      seal::issue_certificate(organisation.signing, founding.tier, coordinator.public_identity(),
                              founding.coordinator, 1, clock.now(), clock.now() + kCoordinatorLife);
  write_key(folder / settings_.keys.organisation, kOrganisationKind, organisation,
            founding.protection, passphrase, random, founding.stretch);
  write_key(folder / settings_.keys.coordinator, kCoordinatorKind, coordinator, founding.protection,
            passphrase, random, founding.stretch);
  write_private(folder / "organisation.pub", public_file(organisation_, enrolment_));
  write_private(folder / "coordinator.cert", seal::encode(certificate_));
  write_private(folder / "store.key", seal::wrap(store.view(), holders(), kStorePurpose, random));
  write_private(folder / "enrolment.key",
                seal::wrap(enrolment.secret_halves().view(), holders(), kEnrolmentPurpose, random));
}

Home Home::open(const fs::path& path) {
  if (!exists(path))
    throw Fault(Exit::fault, fmt::format("there is no organisation in {}", path.string()),
                "\"tocsin init\" makes one; --home or TOCSIN_HOME names another folder");
  check_private(path);
  Home home{path};
  document::Findings findings;
  const fs::path settings = path / kSettings;
  home.settings_ =
      parse_settings(base::read_file(settings, std::size_t{1} << 20), settings.string(), findings);
  findings.throw_if_errors("settings file");

  const Bytes known = read_needed(path / "organisation.pub");
  base::ByteReader in{known};
  home.organisation_ = seal::read_public_identity(in);
  home.enrolment_ = seal::read_public_identity(in);
  if (!in.done()) throw changed(path / "organisation.pub");

  const auto certificate = seal::decode_certificate(read_needed(path / "coordinator.cert"));
  // Check here that the organisation signed it. Those who rely on it check that it is in force.
  if (!certificate ||
      !seal::is_valid(*certificate, home.organisation_.verify, certificate->issued) ||
      !seal::is_coordinator(certificate->role))
    throw changed(path / "coordinator.cert");
  home.certificate_ = *certificate;
  return home;
}

fs::path Home::key_path(const fs::path& named) const { return path_ / named; }

std::vector<seal::SealingKey> Home::holders() const {
  return {certificate_.subject.seal, organisation_.seal};
}

seal::Protection Home::protection() const {
  return key_protection(key_path(settings_.keys.coordinator), kCoordinatorKind);
}

seal::Identity Home::unlock_coordinator(PassphraseSource& passphrases, KeyCache& keyring) const {
  return find_key(key_path(settings_.keys.coordinator), kCoordinatorKind, certificate_.subject,
                  passphrases, keyring);
}

Unlocked Home::unlock(PassphraseSource& passphrases, KeyCache& keyring) const {
  seal::Identity coordinator = unlock_coordinator(passphrases, keyring);
  auto store = unwrapped<32>(read_needed(path_ / "store.key"), coordinator.opening, kStorePurpose);
  if (!store) throw changed(path_ / "store.key");
  const auto halves =
      unwrapped<64>(read_needed(path_ / "enrolment.key"), coordinator.opening, kEnrolmentPurpose);
  if (!halves) throw changed(path_ / "enrolment.key");
  seal::Identity enrolment = seal::Identity::from_secret_halves(halves->view());
  if (enrolment.public_identity() != enrolment_) throw changed(path_ / "enrolment.key");
  return {std::move(coordinator), certificate_, *std::move(store), std::move(enrolment)};
}

void Home::keep_unlocked(PassphraseSource& passphrases, KeyCache& keyring,
                         std::chrono::seconds life) const {
  keep_key(unlock_coordinator(passphrases, keyring), keyring, life);
}

bool Home::forget(KeyCache& keyring) const { return forget_key(certificate_.subject, keyring); }

seal::Identity Home::unlock_organisation(PassphraseSource& passphrases) const {
  const fs::path path = key_path(settings_.keys.organisation);
  if (!is_there(path))
    throw Fault(Exit::untrusted,
                fmt::format("this needs the organisation's key, which is not at {}", path.string()),
                "bring it back from where it is kept, or name its place under \"keys:\" in "
                "tocsin.yaml");
  seal::Identity organisation = read_key(path, kOrganisationKind, passphrases);
  if (organisation.public_identity() != organisation_)
    throw Fault(Exit::untrusted, fmt::format("{} is another organisation's key", path.string()),
                "check \"keys:\" in tocsin.yaml");
  return organisation;
}

std::optional<Bytes> Home::read_sealed(const seal::StoreKey& store, std::string_view name) const {
  const fs::path path = named_file(path_, name, ".sealed");
  const auto sealed = read_if_there(path);
  if (!sealed) {
    const fs::path kept = named_file(path_, name, kKept);
    if (!is_there(kept)) return std::nullopt;
    throw Fault(
        Exit::untrusted, fmt::format("{} is gone, and this home had it", path.string()),
        fmt::format("take it from a backup; to begin without it, remove {}", kept.string()));
  }
  auto content = seal::open_at_rest(store, sealed_aad(name), *sealed);
  if (!content) throw changed(path);
  return content;
}

void Home::write_sealed(const seal::StoreKey& store, std::string_view name, ByteView content,
                        base::Random& random) const {
  write_private(named_file(path_, name, ".sealed"),
                seal::seal_at_rest(store, sealed_aad(name), content, random));
  // After the file: killed in between, the home knows of none and the next write says so.
  const fs::path kept = named_file(path_, name, kKept);
  if (!is_there(kept))
    write_private(kept,
                  base::bytes_of(fmt::format(
                      "This home has {}.sealed. Remove this file to begin without it.\n", name)));
}

std::optional<Bytes> Home::read_public(std::string_view name) const {
  return read_if_there(named_file(path_, name, ""));
}

void Home::write_public(std::string_view name, ByteView content) const {
  write_private(named_file(path_, name, ""), content);
}

base::FileLock Home::hold(std::string_view name) const {
  const fs::path path = named_file(path_, name, ".lock");
  for (int tries = 0; tries < 500; ++tries) {
    if (auto lock = base::FileLock::try_take(path)) return *std::move(lock);
    std::this_thread::sleep_for(base::Milliseconds{10});
  }
  throw Fault(Exit::fault, fmt::format("another process holds {}", path.string()),
              "try again when it has ended");
}

seal::P256Key Home::push_key(const Unlocked& unlocked, base::Random& random) const {
  const fs::path path = path_ / "push.key";
  const auto file = read_if_there(path);
  if (!file) {
    seal::P256Key key = seal::P256Key::generate(random);
    write_private(path, seal::wrap(key.secret().view(), holders(), kPushPurpose, random));
    return key;
  }
  const auto secret = unwrapped<32>(*file, unlocked.coordinator.opening, kPushPurpose);
  auto key = secret ? seal::P256Key::from_secret(*secret) : std::nullopt;
  if (!key) throw changed(path);
  return *std::move(key);
}

// In its file: the public half, and then the wrapped secret halves.
seal::PublicIdentity Home::hook_identity(std::string_view hook, base::Random& random) const {
  const fs::path path = hook_path(path_, hook);
  const auto file = read_if_there(path);
  if (!file) {
    const seal::Identity key = seal::Identity::generate(random);
    base::ByteWriter out;
    write(out, key.public_identity());
    out.raw(seal::wrap(key.secret_halves().view(), holders(), hook_purpose(hook), random));
    write_private(path, out.bytes());
    return key.public_identity();
  }
  base::ByteReader in{*file};
  const seal::PublicIdentity key = seal::read_public_identity(in);
  if (!in.ok() || !seal::can_seal_to(key.seal)) throw changed(path);
  return key;
}

seal::Identity Home::hook_key(std::string_view hook, const Unlocked& unlocked) const {
  const fs::path path = hook_path(path_, hook);
  const auto file = read_if_there(path);
  if (!file)
    throw Fault(Exit::invalid, fmt::format("the hook {} has no key here", hook),
                fmt::format("\"tocsin relay --show-hook {}\" makes it; the relay needs it", hook));
  base::ByteReader in{*file};
  const seal::PublicIdentity key = seal::read_public_identity(in);
  const auto halves =
      unwrapped<64>(in.raw(in.left()), unlocked.coordinator.opening, hook_purpose(hook));
  if (halves) {
    seal::Identity whole = seal::Identity::from_secret_halves(halves->view());
    if (whole.public_identity() == key) return whole;
  }
  throw changed(path);
}

fs::path Home::journal_path(const seal::MessageId& incident) const {
  return journal_in(path_ / kIncidents, incident);
}

fs::path Home::journal_in(const fs::path& folder, const seal::MessageId& incident) {
  return folder / fmt::format("{}{}", seal::to_text(incident), kJournal);
}

std::vector<seal::MessageId> Home::incidents() const {
  std::vector<seal::MessageId> found;
  std::error_code error;
  for (fs::directory_iterator at{path_ / kIncidents, error}, end; !error && at != end;
       at.increment(error)) {
    if (at->path().extension() != kJournal) continue;
    if (const auto id = seal::message_id_from_text(at->path().stem().string()))
      found.push_back(*id);
  }
  if (error)
    throw Fault(Exit::fault,
                fmt::format("cannot list {}: {}", (path_ / kIncidents).string(), error.message()));
  std::sort(found.begin(), found.end());
  return found;
}

fs::path Home::incident_key_path(const seal::MessageId& incident) const {
  return key_in(path_ / kIncidents, incident);
}

Making Home::begin_incident(const seal::MessageId& incident) const {
  const fs::path incidents = path_ / kIncidents;
  make_private(incidents);
  Making::discard_killed(incidents, kJournal);
  return {incidents, seal::to_text(incident), journal_in({}, incident).string()};
}

seal::Identity Home::create_incident_key(const Making& making, const seal::MessageId& incident,
                                         base::Random& random) const {
  seal::Identity identity = seal::Identity::generate(random);
  write_private(
      key_in(making.folder(), incident),
      seal::wrap(identity.secret_halves().view(), holders(), incident_purpose(incident), random));
  return identity;
}

std::optional<seal::Identity> Home::incident_key(const seal::MessageId& incident,
                                                 const Unlocked& unlocked) const {
  const auto file = read_if_there(incident_key_path(incident));
  if (!file) return std::nullopt;
  const auto halves =
      unwrapped<64>(*file, unlocked.coordinator.opening, incident_purpose(incident));
  if (!halves) throw changed(incident_key_path(incident));
  return seal::Identity::from_secret_halves(halves->view());
}

bool Home::destroy_incident_key(const seal::MessageId& incident) const {
  const fs::path path = incident_key_path(incident);
  const auto file = read_if_there(path);
  if (!file) return false;
  // Overwrite the file in place, so that its block does not stay readable among the disk's free
  // blocks. A flash disk may keep a copy, but opening that still takes a coordinator's key.
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const Bytes zeros(file->size());
  const bool written =
      fd >= 0 && ::write(fd, zeros.data(), zeros.size()) == static_cast<ssize_t>(zeros.size()) &&
      ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (!written || ::unlink(path.c_str()) != 0)
    throw Fault(Exit::fault,
                fmt::format("cannot destroy {}: {}", path.string(),
                            std::generic_category().message(written ? errno : error)),
                "the incident's messages can still be opened: try again");
  return true;
}

}  // namespace tocsin::home
