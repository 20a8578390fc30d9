#include "drill/run/room.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "control/declaration.h"
#include "control/driving.h"
#include "control/people.h"
#include "drill/run/live.h"
#include "drill/run/memory.h"
#include "drill/run/ways.h"
#include "home/passphrase.h"
#include "incident/loop/drive.h"
#include "journal/memory.h"
#include "relay/server.h"
#include "roster/membership/membership.h"
#include "seal/entropy.h"

namespace tocsin::drill {

namespace {

using base::Instant;

constexpr base::Minutes kLife{48 * 60};  // of certificates
constexpr const char* kCaller = "Drill control";

incident::Declared declared_in(const Scene& scene) {
  incident::Declared declared;
  declared.incident = scene.incident;
  declared.label = fmt::format("EX-{}", scene.settings.seed);
  declared.realness = seal::Realness::exercise;
  declared.reason = "drill";
  declared.playbook_file = scene.settings.playbook_file;
  declared.set_playbook(scene.playbook);
  return declared;
}

seal::PublicIdentity random_identity(base::Random& random) {
  seal::PublicIdentity identity;
  random.fill(identity.verify.bytes);
  random.fill(identity.seal.bytes);
  return identity;
}

class MemoryRoom final : public Room {
 public:
  // The order of the draws is part of what a seed means.
  explicit MemoryRoom(const Scene& scene)
      : keys_(seal::Identity::generate(scene.keys)),
        coordinator_(seal::Identity::generate(scene.keys)),
        certificate_(seal::issue_certificate(keys_.signing, seal::Role::tactical,
                                             coordinator_.public_identity(), kCaller, 1,
                                             scene.settings.at - kLife, scene.settings.at + kLife)),
        incident_key_(seal::Identity::generate(scene.keys)),
        devices_(devices(scene)),
        post_(devices_),
        ways_(scene.settings.world ? std::make_unique<Ways>(scene, post_) : nullptr),
        envelopes_(coordinator_.signing.verify_key()),
        ledger_(journal_),
        driver_(ledger_, ways_ ? ways_->channels() : std::vector<channel::Channel*>{&post_},
                envelopes_, certificate_, scene.clock, scene.ids, scene.settings.recourses) {
    declare(scene);
    if (ways_) ways_->telephones().follow(ledger_, certificate_);
  }

  incident::Ledger& ledger() override { return ledger_; }
  const seal::Certificate& caller() const override { return certificate_; }
  Phones& phones() override {
    return ways_ ? static_cast<Phones&>(ways_->telephones()) : static_cast<Phones&>(post_);
  }
  std::vector<std::size_t> take_arrivals() override {
    return ways_ ? ways_->take_arrivals() : std::vector<std::size_t>{};
  }
  std::span<const std::unique_ptr<Messenger>> messengers() const override {
    return ways_ ? std::span{ways_->messengers()} : std::span<const std::unique_ptr<Messenger>>{};
  }
  bool turn() override { return driver_.turn(base::Milliseconds{0}); }
  void settle() override { driver_.settle(); }
  std::optional<Instant> wake() const override { return driver_.wake(); }

 private:
  static std::vector<seal::PublicIdentity> devices(const Scene& scene) {
    std::vector<seal::PublicIdentity> devices;
    for (std::size_t p = 0; p < scene.staff.roster.size(); ++p)
      devices.push_back(random_identity(scene.keys));
    return devices;
  }

  void declare(const Scene& scene) {
    const Instant now = scene.settings.at;
    const roster::Roster& roster = scene.staff.roster;
    roster::Membership membership;
    for (std::size_t p = 0; p < roster.size(); ++p)
      if (scene.enrolled.empty() || scene.enrolled[p])
        TOCSIN_ASSERT(membership.add({roster[p].id, devices_[p], "", now, "drill", {}}));
    incident::Declared declared = declared_in(scene);
    declared.organisation = scene.playbook.site.name;
    declared.caller = kCaller;
    declared.identity = incident_key_.public_identity();
    declared.organisation_keys = keys_.public_identity();
    ledger_.add(now, kCaller, std::move(declared));
    ledger_.add(now, kCaller,
                incident::RosterTaken{roster::encode(roster), roster::encode(scene.staff.rota)});
    ledger_.add(now, kCaller,
                incident::MembershipTaken{roster::sign_membership(membership, keys_.signing, now)});
    if (ways_)
      for (incident::Body& body : ways_->taken()) ledger_.add(now, kCaller, std::move(body));
    TOCSIN_ASSERT(ledger_.commit());
  }

  const seal::Identity keys_;  // the organisation's
  const seal::Identity coordinator_;
  const seal::Certificate certificate_;
  const seal::Identity incident_key_;
  const std::vector<seal::PublicIdentity> devices_;
  MemoryPost post_;
  const std::unique_ptr<Ways> ways_;  // in a world
  OpenEnvelopes envelopes_;
  journal::MemoryJournal journal_;
  incident::Ledger ledger_;
  incident::Driver driver_;
};

class LiveRoom final : public Room {
 public:
  explicit LiveRoom(const Scene& scene) {
    home::Founding founding;
    founding.organisation = scene.playbook.site.name;
    founding.coordinator = kCaller;
    founding.tier = seal::Role::tactical;
    founding.protection = seal::Protection::none;
    home::Home home =
        home::Home::create(scene.settings.folder, founding, "", entropy_, scene.clock);
    const auto nothing_to_ask = home::passphrase_source({});
    home::SessionKeyring keyring;
    home::Unlocked unlocked = home.unlock(*nothing_to_ask, keyring);
    const seal::Identity organisation = home.unlock_organisation(*nothing_to_ask);
    const base::FileLock held = control::hold_people(home);
    control::write_roster(home, unlocked.store, scene.staff.roster, entropy_, held);
    control::write_rota(home, unlocked.store, scene.staff.rota, entropy_, held);
    enrol(scene, home, unlocked.store, organisation.signing);
    session_ = control::declare(std::move(home), std::move(unlocked), declared_in(scene),
                                scene.staff.roster, scene.clock);
    strike_off(scene, organisation.signing);
    serve(scene);
  }

  incident::Ledger& ledger() override { return session_->ledger(); }
  const seal::Certificate& caller() const override { return session_->keys().certificate; }
  Phones& phones() override { return *phones_; }
  bool turn() override { return driving_->turn(); }
  void settle() override { driving_->settle(); }
  std::optional<Instant> wake() const override { return driving_->wake(); }

 private:
  // One device for each person, and one more for the first.
  void enrol(const Scene& scene, const home::Home& home, const seal::StoreKey& store,
             const seal::SigningKey& organisation) {
    const Instant now = scene.settings.at;
    const roster::Roster& roster = scene.staff.roster;
    for (std::size_t p = 0; p < roster.size(); ++p) {
      seal::Identity device = seal::Identity::generate(scene.keys);
      const seal::PublicIdentity keys = device.public_identity();
      devices_.push_back(
          {std::move(device), seal::issue_certificate(organisation, seal::Role::device, keys, "",
                                                      p + 2, now - kLife, now + kLife)});
      TOCSIN_ASSERT(membership_.add({roster[p].id, keys, "", now, "drill", {}}));
    }
    lost_ = seal::Identity::generate(entropy_).public_identity();
    TOCSIN_ASSERT(membership_.add({roster[0].id, lost_, "lost", now, "drill", {}}));
    control::write_membership(home, store, membership_, organisation, now, entropy_);
  }

  // Just after the declaration a lost telephone is taken off the list: the incident must take the
  // new list in while it is driven.
  void strike_off(const Scene& scene, const seal::SigningKey& organisation) {
    const Instant now = scene.settings.at;
    TOCSIN_ASSERT(membership_.revoke(lost_.id(), {now, "drill", "lost"}));
    control::write_membership(session_->home(), session_->keys().store, membership_, organisation,
                              now, entropy_);
  }

  void serve(const Scene& scene) {
    relay::ServerSettings server;
    const home::Home& home = session_->home();
    server.organisations.push_back({home.organisation().verify, home.enrolment().id()});
    relay_ = std::make_unique<relay::Server>(std::move(server), scene.clock);
    relay_->start();
    const channel::RelayAddress address{relay_->url(), {}};
    driving_ =
        std::make_unique<control::Driving>(*session_, scene.clock,
                                           control::Wiring{channel::Listen::when_asked, address,
                                                           &scene.ids, scene.settings.recourses});
    TOCSIN_ASSERT(driving_->take_lease());
    phones_ =
        std::make_unique<RelayPhones>(address, std::move(devices_), home.organisation().verify,
                                      session_->state().declared.identity, scene.clock, entropy_);
  }

  seal::Entropy entropy_;
  std::vector<Device> devices_;
  roster::Membership membership_;
  seal::PublicIdentity lost_;
  std::unique_ptr<control::Session> session_;
  std::unique_ptr<relay::Server> relay_;
  std::unique_ptr<RelayPhones> phones_;
  std::unique_ptr<control::Driving> driving_;
};

}  // namespace

std::unique_ptr<Room> open_room(const Scene& scene) {
  if (scene.settings.path == Path::in_memory) return std::make_unique<MemoryRoom>(scene);
  return std::make_unique<LiveRoom>(scene);
}

}  // namespace tocsin::drill
