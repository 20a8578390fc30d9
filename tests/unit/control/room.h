// A control room for tests: a home without passphrases, the small hospital of unit/incident/night.h
// on its roster, and a clock that stands at its declaration.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "control/declaration.h"
#include "control/people.h"
#include "control/session.h"
#include "seal/entropy.h"
#include "unit/home/known_passphrase.h"
#include "unit/home/temporary_folder.h"
#include "unit/incident/night.h"

namespace tocsin::control {

class Room : public testing::Test {
 protected:
  Room() : Room(std::nullopt) {}
  explicit Room(std::optional<home::Relay> relay) {
    home::Founding founding;
    founding.organisation = "St Bride's";
    founding.coordinator = "Dr A. Okafor";
    founding.protection = seal::Protection::none;
    founding.relay = std::move(relay);
    home::Home::create(path(), founding, "", random_, clock_);
    const base::FileLock held = hold_people(home());
    write_roster(home(), keys().store, night_.state.roster, random_, held);
    write_rota(home(), keys().store, night_.state.rota, random_, held);
  }

  std::filesystem::path path() const { return folder_.path() / "home"; }
  home::Home home() const { return home::Home::open(path()); }
  home::Unlocked keys() const {
    home::KnownPassphrase none("");
    home::MapOfKeys keyring;
    return home().unlock(none, keyring);
  }
  seal::Identity organisation() const {
    home::KnownPassphrase none("");
    return home().unlock_organisation(none);
  }

  incident::Declared declared(std::string label) {
    incident::Declared declared;
    declared.incident = seal::random_message_id(random_);
    declared.label = std::move(label);
    declared.reason = "a test";
    declared.playbook_file = "small.yaml";
    declared.playbook = incident::kPlaybook;
    return declared;
  }
  std::unique_ptr<Session> declare(std::string label) {
    return control::declare(home(), keys(), declared(std::move(label)),
                            need_roster(home(), keys().store), clock_);
  }
  Session open(Wanted wanted = {}) { return {home(), keys(), wanted, clock_}; }

  // Lists one device for a person and signs the list.
  seal::Identity enrol(const char* person) {
    seal::Identity device = seal::Identity::generate(random_);
    roster::Membership membership = read_membership(home(), keys().store);
    EXPECT_TRUE(membership.add({roster::PersonId{person}, device.public_identity(), "phone",
                                clock_.now(), "Dr A. Okafor", std::nullopt}));
    write_membership(home(), keys().store, membership, organisation().signing, clock_.now(),
                     random_);
    return device;
  }

  seal::Entropy random_;
  base::VirtualClock clock_{incident::kDeclared};
  incident::Night night_;
  home::TemporaryFolder folder_;
};

}  // namespace tocsin::control
