// tocsin staff show: shows everything that is known about one person. It is the only command that
// shows contact points, mostly hidden unless --reveal is given.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "contact/telephone.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/person.h"
#include "roster/people/dates.h"
#include "seal/words.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using nlohmann::json;

json instant_or_null(const std::optional<base::Instant>& instant) {
  return instant ? json(base::to_rfc3339(*instant)) : json(nullptr);
}

class StaffShow final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("person", person_, "Id or name")->required()->type_name("PERSON");
    app.add_flag("--reveal", reveal_, "Show whole telephone numbers and addresses");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster roster = control::need_roster(home, keys.store);
    const roster::Responder& person = person_named(roster, person_);
    const roster::Membership membership = control::read_membership(home, keys.store);
    const roster::Rota rota = control::read_rota(home, keys.store);
    if (context.json)
      print_json(context, person, membership, rota);
    else
      print_text(context, person, membership, rota);
    return Exit::done;
  }

 private:
  std::string address_of(const roster::ContactPoint& contact) const {
    return reveal_ ? contact.address : contact::masked(contact.address);
  }

  void print_json(Context& context, const roster::Responder& person,
                  const roster::Membership& membership, const roster::Rota& rota) const {
    auto skills = json::array();
    for (const roster::SkillId& skill : person.skills) skills.push_back(skill.str());
    auto contacts = json::array();
    for (const roster::ContactPoint& contact : person.contacts)
      contacts.push_back(
          {{"channel", contact.channel.str()},
           {"address", address_of(contact)},
           {"consented",
            contact.consented ? json(roster::to_text(*contact.consented)) : json(nullptr)},
           {"tested", instant_or_null(contact.tested)},
           {"working", contact.working}});
    auto devices = json::array();
    for (const roster::Device* device : membership.live_devices(person.id))
      devices.push_back({{"name", device->name},
                         {"id", seal::to_text(device->keys.id())},
                         {"fingerprint", seal::fingerprint_words(device->keys)},
                         {"added", base::to_rfc3339(device->added)}});
    const base::Instant now = context.clock.now();
    const roster::Stint* next = rota.next_duty(person.id, now);
    context.out.json(
        {{"id", person.id.str()},
         {"name", person.name},
         {"role", person.role.str()},
         {"staff_group", person.staff_group.str()},
         {"ward", person.ward.str()},
         {"skills", skills},
         {"travel_minutes", person.travel.count()},
         {"language", person.language},
         {"active", person.is_active()},
         {"contacts", contacts},
         {"devices", devices},
         {"duty", to_text(rota.duty_of(person.id, now))},
         {"next_duty", next == nullptr ? json(nullptr) : json(base::to_rfc3339(next->from))}});
  }

  void print_text(Context& context, const roster::Responder& person,
                  const roster::Membership& membership, const roster::Rota& rota) const {
    Output& out = context.out;
    const auto row = [&](std::string_view what, std::string_view value) {
      if (!value.empty())
        out.line(fmt::format("{} {}", base::fit(what, 12), base::printable(value)));
    };
    out.line(out.paint(Paint::bold, base::printable(person.name)));
    row("id", person.id.str());
    row("role", person.role.str());
    row("staff group", person.staff_group.str());
    row("ward", person.ward.str());
    std::vector<std::string> skills;
    for (const roster::SkillId& skill : person.skills) skills.push_back(skill.str());
    row("skills", base::join(skills, ", "));
    row("travel", base::minutes_text(person.travel));
    row("language", person.language);
    if (!person.is_active()) row("status", "not active: never called");
    const base::Instant now = context.clock.now();
    row("now", to_text(rota.duty_of(person.id, now)));
    if (const roster::Stint* next = rota.next_duty(person.id, now))
      row("next duty", base::local_stamp(next->from));
    for (const roster::ContactPoint& contact : person.contacts) {
      std::string line = fmt::format("{}  {}", contact.channel.str(), address_of(contact));
      line += contact.tested ? fmt::format(", tested {}", base::local_stamp(*contact.tested))
                             : std::string{", never tested"};
      if (!contact.consented) line += ", no consent recorded";
      if (!contact.working) line += ", not working";
      row("contact", line);
    }
    for (const roster::Device* device : membership.live_devices(person.id))
      row("device",
          fmt::format("{}  {}, since {}", device->name, seal::fingerprint_words(device->keys),
                      base::local_stamp(device->added)));
    if (!reveal_ && !person.contacts.empty())
      out.note("--reveal shows whole numbers and addresses");
  }

  std::string person_;
  bool reveal_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_show() { return std::make_unique<StaffShow>(); }

}  // namespace tocsin::cli
