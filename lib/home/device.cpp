#include "home/device.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "base/file.h"
#include "home/folder.h"
#include "home/making.h"

namespace tocsin::home {

namespace {

namespace fs = std::filesystem;
using base::Exit;
using base::Fault;

constexpr std::string_view kKind = "the device's key";
constexpr std::string_view kKey = "device.key";
constexpr std::string_view kEnrolment = "enrolment";
constexpr std::string_view kDeviceMaking = "device";  // its temporary name
constexpr std::string_view kOwn = ".state";
constexpr std::string_view kMagic = "TOCD";
constexpr std::uint8_t kVersion = 1;

// tocsin-home(5), A RESPONDER'S FOLDER, specifies the layout. It includes the device's public
// identity, so that its mailbox is known without the passphrase.
base::Bytes encode(const seal::PublicIdentity& device, const Enrolment& enrolment) {
  base::ByteWriter out;
  out.raw(base::bytes_of(kMagic));
  out.u8(kVersion);
  write(out, device);
  write(out, enrolment.organisation);
  write(out, enrolment.enrolment_mailbox);
  out.text(enrolment.organisation_name);
  out.text(enrolment.relay.url);
  out.varint(enrolment.relay.pins.size());
  for (const std::string& pin : enrolment.relay.pins) out.text(pin);
  out.text(enrolment.person);
  out.u64(enrolment.list);
  return out.take();
}

bool decode(base::ByteView bytes, seal::PublicIdentity& device, Enrolment& enrolment) {
  base::ByteReader in{bytes};
  const bool ours = base::text_of(in.raw(kMagic.size())) == kMagic && in.u8() == kVersion;
  device = seal::read_public_identity(in);
  enrolment.organisation = seal::read_public_identity(in);
  enrolment.enrolment_mailbox = seal::read_public_identity(in);
  enrolment.organisation_name = in.text();
  enrolment.relay.url = in.text();
  for (std::uint64_t pins = in.varint(); pins > 0 && in.ok(); --pins)
    enrolment.relay.pins.emplace_back(in.text());
  enrolment.person = in.text();
  enrolment.list = in.u64();
  return ours && in.done();
}

// What the key opened. The file that exists() looks for goes last, so that a killed process's work
// is seen.
void remove_rest(const fs::path& folder) {
  std::error_code ignored;
  for (fs::directory_iterator at{folder, ignored}, end; !ignored && at != end;) {
    const fs::path file = at->path();
    at.increment(ignored);
    if (std::error_code error; file.extension() == kOwn) fs::remove(file, error);
  }
  fs::remove(folder / kEnrolment, ignored);
}

}  // namespace

bool DeviceHome::exists(const fs::path& path) {
  return is_there(path / kEnrolment) && is_there(path / kKey);
}

void DeviceHome::finish_killed(const fs::path& path) {
  Making::finish_killed(path, kDeviceMaking, std::string{kEnrolment});
  if (is_there(path / kEnrolment) && !is_there(path / kKey)) remove_rest(path);
}

DeviceHome DeviceHome::create(const fs::path& path, const Enrolment& enrolment,
                              seal::Protection protection, std::string_view passphrase,
                              base::Random& random, seal::Stretch stretch,
                              std::span<const OwnFile> own) {
  for (const fs::path& there : {path / kEnrolment, path / kKey, path / "tocsin.yaml"})
    if (is_there(there))
      throw Fault(Exit::fault, fmt::format("{} is there already", there.string()),
                  "name another folder with --home; nothing was changed");
  DeviceHome home{path};
  const seal::Identity device = seal::Identity::generate(random);
  home.device_ = device.public_identity();
  make_private(path);
  Making making(path, kDeviceMaking, std::string{kEnrolment});
  write_key(making.folder() / kKey, kKind, device, protection, passphrase, random, stretch);
  for (const OwnFile& file : own)
    base::write_file(named_file(making.folder(), file.name, kOwn), file.content,
                     base::Access::owner_only);
  base::write_file(making.folder() / kEnrolment, encode(home.device_, enrolment),
                   base::Access::owner_only);
  home.enrolment_ = enrolment;
  making.finish();
  return home;
}

DeviceHome DeviceHome::open(const fs::path& path) {
  if (!exists(path))
    throw Fault(Exit::fault, fmt::format("there is no enrolled device in {}", path.string()),
                "\"tocsin respond enrol\" makes one; --home or TOCSIN_HOME names another folder");
  check_private(path);
  DeviceHome home{path};
  const auto bytes = read_if_there(path / kEnrolment);
  if (!bytes || !decode(*bytes, home.device_, home.enrolment_))
    throw Fault(Exit::untrusted,
                fmt::format("{} was changed or damaged", (path / kEnrolment).string()),
                "take it from a backup, or enrol again in another folder");
  return home;
}

void DeviceHome::set_enrolment(const Enrolment& enrolment) {
  base::write_file(path_ / kEnrolment, encode(device_, enrolment), base::Access::owner_only);
  enrolment_ = enrolment;
}

seal::Protection DeviceHome::protection() const { return key_protection(path_ / kKey, kKind); }

seal::Identity DeviceHome::unlock(PassphraseSource& passphrases, KeyCache& keyring) const {
  return find_key(path_ / kKey, kKind, device_, passphrases, keyring);
}

void DeviceHome::keep_unlocked(PassphraseSource& passphrases, KeyCache& keyring,
                               std::chrono::seconds life) const {
  keep_key(unlock(passphrases, keyring), keyring, life);
}

bool DeviceHome::forget(KeyCache& keyring) const { return forget_key(device_, keyring); }

void DeviceHome::destroy(KeyCache& keyring) const {
  forget_key(device_, keyring);
  std::error_code ignored;
  fs::remove(path_ / kKey, ignored);
  remove_rest(path_);
}

std::optional<base::Bytes> DeviceHome::read_own(std::string_view name) const {
  return read_if_there(named_file(path_, name, kOwn));
}

void DeviceHome::write_own(std::string_view name, base::ByteView content) const {
  base::write_file(named_file(path_, name, kOwn), content, base::Access::owner_only);
}

}  // namespace tocsin::home
