#include "control/revoking.h"

#include <utility>

#include "control/enrolments.h"
#include "control/people.h"
#include "control/wakeable.h"
#include "seal/entropy.h"

namespace tocsin::control {

Revoking::Revoking(const home::Home& home, const home::Unlocked& keys, const base::Clock& clock,
                   std::string target, ByName by_name)
    : home_(home),
      keys_(keys),
      clock_(clock),
      target_(std::move(target)),
      by_name_(std::move(by_name)) {}

Revocation Revoking::look() const {
  Revocation revocation;
  revocation.membership = read_membership(home_, keys_.store);
  revocation.devices = live_devices(revocation.membership);
  if (revocation.devices.empty()) revocation.again = revoked_before(revocation.membership);
  return revocation;
}

Revocation Revoking::revoke(const std::string& reason,
                            const std::function<seal::Identity()>& unlock) const {
  Revocation revocation = look();
  if (revocation.devices.empty() && revocation.again.empty()) return revocation;
  const seal::Identity organisation = unlock();
  if (!revocation.devices.empty()) strike_off(revocation, reason, organisation.signing);
  seal::Entropy random;
  if (push_setting(home_) != nullptr)
    change_subscriptions(home_, keys_.store, random, [&](channel::SubscriptionBook& book) {
      return book.forget_if([&](const seal::KeyId& id) {
        const roster::Device* device = revocation.membership.find(id);
        return device == nullptr || !device->is_live();
      });
    });
  std::vector<seal::PublicIdentity> told;
  for (const roster::Device& device :
       revocation.devices.empty() ? revocation.again : revocation.devices)
    told.push_back(device.keys);
  revocation.untold = Enrolments{home_, keys_, clock_}.tell_unlisted(
      told, revocation.membership.number(), organisation.signing, random);
  return revocation;
}

// Reads the list again under the lock: while a person was asked for the key, it may have changed.
void Revoking::strike_off(Revocation& revocation, const std::string& reason,
                          const seal::SigningKey& organisation) const {
  const base::FileLock held = hold_people(home_);
  revocation.membership = read_membership(home_, keys_.store);
  revocation.devices = live_devices(revocation.membership);
  if (revocation.devices.empty()) return;
  const base::Instant now = clock_.now();
  for (const roster::Device& device : revocation.devices)
    revocation.membership.revoke(device.keys.id(), {now, keys_.certificate.name, reason});
  seal::Entropy random;
  write_membership(home_, keys_.store, revocation.membership, organisation, now, random);
}

std::vector<roster::Device> Revoking::live_devices(const roster::Membership& membership) const {
  std::vector<roster::Device> devices;
  const auto id = seal::key_id_from_text(target_);
  if (const roster::Device* device = id ? membership.find(*id) : nullptr) {
    if (device->is_live()) devices.push_back(*device);
    return devices;
  }
  // Somebody who has left the roster may still have a device; they are named by id.
  roster::PersonId person{target_};
  if (membership.live_devices(person).empty()) person = by_name_(target_);
  for (const roster::Device* device : membership.live_devices(person)) devices.push_back(*device);
  return devices;
}

std::vector<roster::Device> Revoking::revoked_before(const roster::Membership& membership) const {
  std::vector<roster::Device> devices;
  for (const roster::Device& device : membership.devices())
    if (!device.is_live() &&
        (device.person.str() == target_ || seal::to_text(device.keys.id()) == target_))
      devices.push_back(device);
  return devices;
}

}  // namespace tocsin::control
