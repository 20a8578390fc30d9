// Revoking devices: they are struck off the membership list, and told to destroy what they hold.
// The list comes first, so that a device is shut out even if it never gets the message.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "home/home.h"
#include "roster/membership/membership.h"

namespace tocsin::control {

struct Revocation {
  roster::Membership membership;        // afterwards
  std::vector<roster::Device> devices;  // struck off, as they were before it
  std::vector<roster::Device> again;    // struck off before, and told so again
  std::string untold;                   // why a device could not be told, or nothing
};

class Revoking {
 public:
  using ByName = std::function<roster::PersonId(const std::string&)>;
  // `target`: the id of a device or of a person, for all their devices. Any other is asked of
  // `by_name`. Home, keys and clock outlive it.
  Revoking(const home::Home& home, const home::Unlocked& keys, const base::Clock& clock,
           std::string target, ByName by_name);

  // Whom it would concern. Changes nothing.
  Revocation look() const;
  // `unlock` gives the organisation's key, and is called when there is something to do. A device
  // that was switched off for longer than a relay keeps messages has missed the message, so a
  // target whose devices were all revoked before is told so again; but only when it is named by id.
  Revocation revoke(const std::string& reason, const std::function<seal::Identity()>& unlock) const;

 private:
  std::vector<roster::Device> live_devices(const roster::Membership& membership) const;
  std::vector<roster::Device> revoked_before(const roster::Membership& membership) const;
  void strike_off(Revocation& revocation, const std::string& reason,
                  const seal::SigningKey& organisation) const;

  const home::Home& home_;
  const home::Unlocked& keys_;
  const base::Clock& clock_;
  const std::string target_;
  const ByName by_name_;
};

}  // namespace tocsin::control
