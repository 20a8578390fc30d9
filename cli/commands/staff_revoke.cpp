// tocsin staff revoke: revokes one device, all devices of a person, or their account on a channel.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/text.h"
#include "command.h"
#include "control/linking.h"
#include "control/people.h"
#include "control/revoking.h"
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
    app.add_option("--channel", channel_, "The person's address there, and no device")
        ->type_name("CHANNEL");
    app.add_option("--reason", reason_, "Why, of devices; it stays in the signed list")
        ->type_name("TEXT");
  }

  Exit run(Context& context) override {
    const std::string reason{base::trim(reason_)};
    if (!channel_.empty() && !reason_.empty())
      throw Fault(Exit::usage, "an account is revoked without a reason: no list would keep it",
                  "leave --reason out");
    if (channel_.empty() && (reason.empty() || reason_.size() > 200))
      throw Fault(Exit::usage, "a revocation needs a reason of at most 200 bytes",
                  "--reason \"lost on the bus\"");
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    if (!channel_.empty()) return withdraw(context, home, keys);
    const control::Revoking revoking{
        home, keys, context.clock, target_, [&](const std::string& name) {
          return person_named(control::need_roster(home, keys.store), name).id;
        }};
    print(context, context.dry_run ? revoking.look() : revoking.revoke(reason, [&] {
      return unlock_organisation(context, home);
    }));
    return Exit::done;
  }

 private:
  Exit withdraw(Context& context, const home::Home& home, const home::Unlocked& keys) const {
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Responder& person = person_named(roster, target_);
    const contact::ChannelId channel{channel_};
    std::size_t count = static_cast<std::size_t>(std::ranges::count_if(
        person.contacts,
        [&](const roster::ContactPoint& one) { return one.channel == channel && !one.withdrawn; }));
    seal::Entropy random;
    if (!context.dry_run)
      count = control::withdraw(home, keys.store, person.id, channel, context.clock.now(), random);
    if (context.json)
      context.out.json({{"person", person.id.str()}, {"channel", channel_}, {"withdrawn", count}});
    else
      context.out.line(fmt::format(
          "{} {} of {} by {}", context.dry_run ? "would end messages to" : "no more messages to",
          base::counted(count, "address", "addresses"), person.id.str(),
          base::printable(channel_)));
    return Exit::done;
  }

  static void print_json(Output& out, const control::Revocation& revocation) {
    auto list = nlohmann::json::array();
    for (const roster::Device& device : revocation.devices)
      list.push_back({{"person", device.person.str()},
                      {"device", device.name},
                      {"id", seal::to_text(device.keys.id())}});
    out.json({{"revoked", list}, {"membership", revocation.membership.number()}});
  }

  static void print_text(Context& context, const control::Revocation& revocation) {
    Output& out = context.out;
    for (const roster::Device& device : revocation.devices)
      out.line(fmt::format("{}{} of {} ({})", context.dry_run ? "would revoke " : "revoked ",
                           base::printable(device.name), device.person.str(),
                           seal::to_text(device.keys.id())));
    if (revocation.devices.empty())
      out.note(revocation.again.empty() ? "no live device of that name: nothing was changed"
                                        : "revoked before: it is told so again");
    else if (!context.dry_run)
      out.note("incidents that run take the new list within seconds");
  }

  static void print(Context& context, const control::Revocation& revocation) {
    if (context.json)
      print_json(context.out, revocation);
    else
      print_text(context, revocation);
    if (!revocation.untold.empty())
      context.out.note(
          fmt::format("shut out, but it could not be told to wipe itself: {}", revocation.untold));
  }

  std::string target_;
  std::string channel_;
  std::string reason_;
};

}  // namespace

std::unique_ptr<Command> make_staff_revoke() { return std::make_unique<StaffRevoke>(); }

}  // namespace tocsin::cli
