// tocsin staff revoke: a lost device, or everything that a person has.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "opening.h"
#include "people.h"
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
    roster::Membership membership = read_membership(home, keys.store);
    const std::vector<roster::Device> devices = devices_named(home, keys, membership);
    const base::Instant now = context.clock.now();
    for (const roster::Device& device : devices)
      membership.revoke(device.keys.id(),
                        {now, keys.certificate.name, std::string{base::trim(reason_)}});
    if (!devices.empty() && !context.dry_run) {
      seal::Entropy random;
      const seal::Identity organisation = unlock_organisation(context, home);
      write_membership(home, keys.store, membership, organisation.signing, now, random);
    }
    print(context, devices, membership);
    return Exit::done;
  }

 private:
  // Only live devices: what was revoked before is revoked.
  std::vector<roster::Device> devices_named(const home::Home& home, const home::Unlocked& keys,
                                            const roster::Membership& membership) const {
    std::vector<roster::Device> devices;
    const auto id = seal::key_id_from_text(target_);
    if (const roster::Device* device = id ? membership.find(*id) : nullptr) {
      if (device->is_live()) devices.push_back(*device);
      return devices;
    }
    // Somebody who has left the roster may still have a device: by id, then.
    roster::PersonId person{target_};
    if (membership.live_devices(person).empty())
      person = person_named(need_roster(home, keys.store), target_).id;
    for (const roster::Device* device : membership.live_devices(person)) devices.push_back(*device);
    return devices;
  }

  static void print(Context& context, const std::vector<roster::Device>& devices,
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
      context.out.note("no live device of that name: nothing was changed");
    else if (!context.dry_run)
      context.out.note("incidents that run take the new list within seconds");
  }

  std::string target_;
  std::string reason_;
};

}  // namespace

std::unique_ptr<Command> make_staff_revoke() { return std::make_unique<StaffRevoke>(); }

}  // namespace tocsin::cli
