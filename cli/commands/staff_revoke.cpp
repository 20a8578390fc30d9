// tocsin staff revoke: revokes one device, or all devices of a person.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "control/enrolments.h"
#include "control/people.h"
#include "control/wakeable.h"
#include "input/opening.h"
#include "input/person.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class StaffRevoke final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("target", target_, "A person, for all their devices, or the id of one device")
        ->required()
        ->type_name("PERSON|DEVICE");
    app.add_option("--reason", reason_, "Why; it stays in the signed list")
        ->required()
        ->type_name("TEXT");
  }

  Exit run(Context& context) override {
    if (base::trim(reason_).empty() || reason_.size() > 200)
      throw Fault(Exit::usage, "a revocation needs a reason of at most 200 bytes",
                  "--reason \"lost on the bus\"");
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const base::Instant now = context.clock.now();
    roster::Membership membership;
    std::vector<roster::Device> devices;
    const auto strike_off = [&] {
      membership = control::read_membership(home, keys.store);
      devices = devices_named(home, keys, membership);
      for (const roster::Device& device : devices)
        membership.revoke(device.keys.id(),
                          {now, keys.certificate.name, std::string{base::trim(reason_)}});
    };
    strike_off();
    // A device that was switched off for longer than a relay keeps messages has missed the message,
    // so send it again.
    const std::vector<roster::Device> again =
        devices.empty() ? revoked_before(membership) : std::vector<roster::Device>{};
    std::string untold;
    if (!(devices.empty() && again.empty()) && !context.dry_run) {
      seal::Entropy random;
      const seal::Identity organisation = unlock_organisation(context, home);
      // Put it on the list first and tell it then. It is excluded even if it never gets the
      // message.
      if (!devices.empty()) {
        const base::FileLock held = control::hold_people(home);
        strike_off();  // read the list again, which may have changed
        if (!devices.empty())
          control::write_membership(home, keys.store, membership, organisation.signing, now,
                                    random);
      }
      if (control::push_setting(home) != nullptr)
        control::change_subscriptions(home, keys.store, random,
                                      [&](channel::SubscriptionBook& book) {
                                        return book.forget_if([&](const seal::KeyId& id) {
                                          const roster::Device* device = membership.find(id);
                                          return device == nullptr || !device->is_live();
                                        });
                                      });
      std::vector<seal::PublicIdentity> told;
      for (const roster::Device& device : devices.empty() ? again : devices)
        told.push_back(device.keys);
      untold = control::Enrolments{home, keys, context.clock}.tell_unlisted(
          told, membership.number(), organisation.signing, random);
    }
    print(context, devices, again, membership);
    if (!untold.empty())
      context.out.note(
          fmt::format("shut out, but it could not be told to wipe itself: {}", untold));
    return Exit::done;
  }

 private:
  std::vector<roster::Device> revoked_before(const roster::Membership& membership) const {
    std::vector<roster::Device> devices;
    for (const roster::Device& device : membership.devices())
      if (!device.is_live() &&
          (device.person.str() == target_ || seal::to_text(device.keys.id()) == target_))
        devices.push_back(device);
    return devices;
  }

  // Only devices that are not revoked yet.
  std::vector<roster::Device> devices_named(const home::Home& home, const home::Unlocked& keys,
                                            const roster::Membership& membership) const {
    std::vector<roster::Device> devices;
    const auto id = seal::key_id_from_text(target_);
    if (const roster::Device* device = id ? membership.find(*id) : nullptr) {
      if (device->is_live()) devices.push_back(*device);
      return devices;
    }
    // Somebody who has left the roster may still have a device; they are named by id.
    roster::PersonId person{target_};
    if (membership.live_devices(person).empty())
      person = person_named(control::need_roster(home, keys.store), target_).id;
    for (const roster::Device* device : membership.live_devices(person)) devices.push_back(*device);
    return devices;
  }

  static void print(Context& context, const std::vector<roster::Device>& devices,
                    const std::vector<roster::Device>& again,
                    const roster::Membership& membership) {
    if (context.json) {
      auto list = nlohmann::json::array();
      for (const roster::Device& device : devices)
        list.push_back({{"person", device.person.str()},
                        {"device", device.name},
                        {"id", seal::to_text(device.keys.id())}});
      context.out.json({{"revoked", list}, {"membership", membership.number()}});
      return;
    }
    for (const roster::Device& device : devices)
      context.out.line(fmt::format(
          "{}{} of {} ({})", context.dry_run ? "would revoke " : "revoked ",
          base::printable(device.name), device.person.str(), seal::to_text(device.keys.id())));
    if (devices.empty())
      context.out.note(again.empty() ? "no live device of that name: nothing was changed"
                                     : "revoked before: it is told so again");
    else if (!context.dry_run)
      context.out.note("incidents that run take the new list within seconds");
  }

  std::string target_;
  std::string reason_;
};

}  // namespace

std::unique_ptr<Command> make_staff_revoke() { return std::make_unique<StaffRevoke>(); }

}  // namespace tocsin::cli
