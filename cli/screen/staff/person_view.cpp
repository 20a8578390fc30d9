#include "screen/staff/person_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/counted.h"
#include "base/text.h"
#include "contact/telephone.h"
#include "roster/people/dates.h"
#include "screen/channel_view.h"
#include "seal/words.h"

namespace tocsin::cli {

namespace {

using nlohmann::json;
using People = std::vector<const roster::Responder*>;

std::vector<std::string> texts(const std::vector<roster::SkillId>& words) {
  std::vector<std::string> out;
  for (const auto& word : words) out.push_back(word.str());
  return out;
}

// The channels on which somebody has a working address, each once, in the order of the roster.
std::vector<std::string> channels_of(const roster::Responder& person) {
  std::vector<std::string> out;
  for (const roster::ContactPoint& contact : person.contacts)
    if (contact.is_usable() &&
        std::find(out.begin(), out.end(), contact.channel.str()) == out.end())
      out.push_back(contact.channel.str());
  return out;
}

// What a list and the view of one person both say.
json person_json(const roster::Responder& person) {
  return {{"id", person.id.str()},
          {"name", person.name},
          {"role", person.role.str()},
          {"staff_group", person.staff_group.str()},
          {"ward", person.ward.str()},
          {"skills", texts(person.skills)},
          {"travel_minutes", person.travel.count()},
          {"language", person.language},
          {"active", person.is_active()}};
}

std::string reached_by(const Output& out, const roster::Responder& person, std::size_t devices) {
  std::string reach = base::join(channels_of(person), " ");
  if (devices > 0)
    reach += (reach.empty() ? "" : " + ") + base::counted(devices, "device", "devices");
  if (reach.empty()) reach = out.paint(Paint::red, "nothing");
  if (!person.is_active()) reach += out.paint(Paint::dim, " (not active)");
  return reach;
}

std::string address_of(const PersonShown& shown, const roster::ContactPoint& contact) {
  return shown.addresses == Addresses::revealed ? contact.address
                                                : contact::masked(contact.address);
}

json last_test_json(const control::TestedPoint* point) {
  if (point == nullptr) return nullptr;
  return {{"at", base::to_rfc3339(point->begun)},
          {"outcome", to_text(point->outcome)},
          {"seconds", point->is_reached() ? json(point->after.count()) : json(nullptr)},
          {"reason", point->reason}};
}

json contacts_json(const PersonShown& shown) {
  auto contacts = json::array();
  for (const roster::ContactPoint& contact : shown.person.contacts)
    contacts.push_back(
        {{"channel", contact.channel.str()},
         {"address", address_of(shown, contact)},
         {"consented",
          contact.consented ? json(roster::to_text(*contact.consented)) : json(nullptr)},
         {"tested", contact.tested ? json(base::to_rfc3339(*contact.tested)) : json(nullptr)},
         {"last_test", last_test_json(shown.tests.last(shown.person.id, contact))},
         {"linked", contact.linked ? json(base::to_rfc3339(*contact.linked)) : json(nullptr)},
         {"working", contact.working},
         {"withdrawn",
          contact.withdrawn ? json(roster::to_text(*contact.withdrawn)) : json(nullptr)}});
  return contacts;
}

json shown_json(const PersonShown& shown) {
  const roster::PersonId& id = shown.person.id;
  auto devices = json::array();
  for (const roster::Device* device : shown.membership.live_devices(id))
    devices.push_back({{"name", device->name},
                       {"id", seal::to_text(device->keys.id())},
                       {"fingerprint", seal::fingerprint_words(device->keys)},
                       {"added", base::to_rfc3339(device->added)}});
  const roster::Stint* next = shown.rota.next_duty(id, shown.now);
  json out = person_json(shown.person);
  out["contacts"] = contacts_json(shown);
  out["devices"] = devices;
  out["duty"] = to_text(shown.rota.duty_of(id, shown.now));
  out["next_duty"] = next == nullptr ? json(nullptr) : json(base::to_rfc3339(next->from));
  return out;
}

std::string contact_line(const PersonShown& shown, const roster::ContactPoint& contact) {
  std::string line = fmt::format("{}  {}", contact.channel.str(), address_of(shown, contact));
  const control::TestedPoint* last = shown.tests.last(shown.person.id, contact);
  // Reached by the last test, both times are the same.
  const bool is_later = contact.tested && last != nullptr && *contact.tested >= last->begun;
  if (contact.linked) line += fmt::format(", linked {}", base::local_stamp(*contact.linked));
  if (last != nullptr) line += ", " + tested_in_words(*last);
  if (contact.tested && !(is_later && last->is_reached()))
    line += fmt::format(", tested {}", base::local_stamp(*contact.tested));
  if (!contact.tested && last == nullptr) line += ", never tested";
  if (!contact.consented) line += ", no consent recorded";
  if (!contact.working) line += ", wrong number";
  if (contact.withdrawn)
    line += fmt::format(", wants no messages there since {}", roster::to_text(*contact.withdrawn));
  return line;
}

}  // namespace

void print_people(Output& out, Form form, const People& people,
                  const roster::Membership& membership) {
  if (form == Form::json) {
    auto list = json::array();
    for (const roster::Responder* person : people) {
      json one = person_json(*person);
      one["channels"] = channels_of(*person);
      one["devices"] = membership.live_devices(person->id).size();
      list.push_back(std::move(one));
    }
    return out.json(list);
  }
  out.line(out.paint(Paint::bold,
                     fmt::format("{} {} {} {} {}", out.cell("ID", 10), out.cell("NAME", 24),
                                 out.cell("ROLE", 20), out.cell("SKILLS", 24), "REACHED BY")));
  for (const roster::Responder* person : people)
    out.line(fmt::format("{} {} {} {} {}", out.cell(person->id.str(), 10),
                         out.cell(base::printable(person->name), 24),
                         out.cell(person->role.str(), 20),
                         out.cell(base::join(texts(person->skills), ", "), 24),
                         reached_by(out, *person, membership.live_devices(person->id).size())));
  out.note(base::counted(people.size(), "person", "people"));
}

void print_person(Output& out, Form form, const PersonShown& shown) {
  if (form == Form::json) return out.json(shown_json(shown));
  const roster::Responder& person = shown.person;
  const auto row = [&](std::string_view what, std::string_view value) {
    if (!value.empty()) out.line(fmt::format("{} {}", out.cell(what, 12), base::printable(value)));
  };
  out.line(out.paint(Paint::bold, base::printable(person.name)));
  row("id", person.id.str());
  row("role", person.role.str());
  row("staff group", person.staff_group.str());
  row("ward", person.ward.str());
  row("skills", base::join(texts(person.skills), ", "));
  row("travel", base::minutes_text(person.travel));
  row("language", person.language);
  if (!person.is_active()) row("status", "not active: never called");
  row("now", to_text(shown.rota.duty_of(person.id, shown.now)));
  if (const roster::Stint* next = shown.rota.next_duty(person.id, shown.now))
    row("next duty", base::local_stamp(next->from));
  for (const roster::ContactPoint& contact : person.contacts)
    row("contact", contact_line(shown, contact));
  for (const roster::Device* device : shown.membership.live_devices(person.id))
    row("device",
        fmt::format("{}  {}, since {}", device->name, seal::fingerprint_words(device->keys),
                    base::local_stamp(device->added)));
  if (shown.addresses == Addresses::masked && !person.contacts.empty())
    out.note("--reveal shows whole numbers and addresses");
}

}  // namespace tocsin::cli
