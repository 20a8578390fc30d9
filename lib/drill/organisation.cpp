#include "drill/organisation.h"

#include <utility>

#include "base/fault.h"
#include "home/passphrase.h"
#include "roster/membership/membership.h"

namespace tocsin::drill {

namespace {

using base::Instant;
using base::Minutes;

seal::PublicIdentity random_identity(base::Random& random) {
  seal::PublicIdentity identity;
  random.fill(identity.verify.bytes);
  random.fill(identity.seal.bytes);
  return identity;
}

constexpr Minutes kLife{48 * 60};  // of certificates
constexpr const char* kCaller = "Drill control";

Organisation found_in_memory(Instant now, base::Random& random) {
  seal::Identity keys = seal::Identity::generate(random);
  seal::Identity coordinator = seal::Identity::generate(random);
  seal::Certificate certificate =
      seal::issue_certificate(keys.signing, seal::Role::tactical, coordinator.public_identity(),
                              kCaller, 1, now - kLife, now + kLife);
  return {{},
          std::move(keys),
          std::move(coordinator),
          seal::Identity::generate(random),
          std::move(certificate),
          {},
          {},
          {}};
}

Organisation found_on_disk(const playbook::Playbook& playbook, const Staff& staff,
                           const Settings& settings, const seal::MessageId& incident,
                           const base::Clock& clock, base::Random& random) {
  home::Founding founding;
  founding.organisation = playbook.site.name;
  founding.coordinator = kCaller;
  founding.tier = seal::Role::tactical;
  founding.protection = seal::Protection::none;
  home::Home home = home::Home::create(settings.folder, founding, "", random, clock);
  const auto nothing_to_ask = home::passphrase_source({});
  home::SessionKeyring keyring;
  home::Unlocked unlocked = home.unlock(*nothing_to_ask, keyring);
  home.write_sealed(unlocked.store, "roster", roster::encode(staff.roster), random);
  home.write_sealed(unlocked.store, "rota", roster::encode(staff.rota), random);
  seal::Identity incident_key = home.create_incident_key(incident, random);
  seal::Identity keys = home.unlock_organisation(*nothing_to_ask);
  return {std::move(home),
          std::move(keys),
          std::move(unlocked.coordinator),
          std::move(incident_key),
          std::move(unlocked.certificate),
          {},
          {},
          {}};
}

}  // namespace

Organisation found(const playbook::Playbook& playbook, const Staff& staff, const Settings& settings,
                   const seal::MessageId& incident, const base::Clock& clock, base::Random& keys,
                   base::Random& entropy) {
  const Instant now = settings.at;
  const roster::Roster& roster = staff.roster;
  Organisation out = settings.path == Path::live
                         ? found_on_disk(playbook, staff, settings, incident, clock, entropy)
                         : found_in_memory(now, keys);
  roster::Membership membership;
  for (std::size_t p = 0; p < roster.size(); ++p) {
    if (settings.path == Path::live) {
      seal::Identity device = seal::Identity::generate(keys);
      const seal::PublicIdentity public_keys = device.public_identity();
      out.devices.push_back(
          {std::move(device),
           seal::issue_certificate(out.keys.signing, seal::Role::device, public_keys, "", p + 2,
                                   now - kLife, now + kLife)});
      out.device_keys.push_back(public_keys);
    } else {
      out.device_keys.push_back(random_identity(keys));
    }
    TOCSIN_ASSERT(membership.add({roster[p].id, out.device_keys.back(), "", now, "drill", {}}));
  }
  out.membership = roster::sign_membership(membership, out.keys.signing, now);
  if (out.home) out.home->write_public("membership", out.membership);
  return out;
}

}  // namespace tocsin::drill
