#include "screen/staff/device_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "roster/people/dates.h"
#include "seal/words.h"

namespace tocsin::cli {

namespace {

using control::Looked;
using nlohmann::json;

std::string name_of(const Looked& looked, const roster::PersonId& id) {
  const roster::Responder* person = looked.roster.find(id);
  return person == nullptr ? std::string{"not on the roster"} : person->name;
}

bool can_be_woken(const Looked& looked, const roster::Device& device) {
  return looked.wakers && looked.wakers->can_wake(device.keys.id());
}

json device_json(const Looked& looked, const roster::Device& device) {
  json revoked;
  if (device.revoked)
    revoked = {{"at", base::to_rfc3339(device.revoked->at)},
               {"by", device.revoked->by},
               {"reason", device.revoked->reason}};
  return {{"person", device.person.str()},
          {"name", name_of(looked, device.person)},
          {"device", device.name},
          {"id", seal::to_text(device.keys.id())},
          {"fingerprint", seal::fingerprint_words(device.keys)},
          {"added", base::to_rfc3339(device.added)},
          {"added_by", device.added_by},
          {"can_be_woken", can_be_woken(looked, device)},
          {"revoked", revoked}};
}

json device_list_json(const Looked& looked, Revoked revoked, Arrivals arrivals) {
  auto devices = json::array();
  for (const roster::Device& device : looked.membership.devices())
    if (revoked == Revoked::shown || device.is_live())
      devices.push_back(device_json(looked, device));
  auto arrived = json::array();
  for (const roster::Enrolled& one : looked.waiting.devices)
    arrived.push_back({{"person", one.person.str()},
                       {"name", name_of(looked, one.person)},
                       {"device", one.name},
                       {"fingerprint", seal::fingerprint_words(one.device)}});
  const bool accepted = arrivals == Arrivals::accepted;
  const auto reviewed = looked.membership.reviewed();
  return {{"membership", looked.membership.number()},
          {"reviewed", reviewed ? json(roster::to_text(*reviewed)) : json(nullptr)},
          {"devices", devices},
          {"waiting", accepted ? json::array() : arrived},
          {"accepted", accepted ? arrived : json::array()},
          {"rejected", looked.waiting.rejected},
          {"trouble", looked.waiting.trouble}};
}

std::string device_line(const Output& out, const Looked& looked, const roster::PersonId& person,
                        const std::string& device, const seal::PublicIdentity& keys) {
  return fmt::format("{} {} {}  {}", out.cell(person.str(), 10),
                     out.cell(base::printable(name_of(looked, person)), 24),
                     out.cell(base::printable(device), 20), seal::fingerprint_words(keys));
}

void note_what_remains(Output& out, const Looked& looked) {
  const control::Waiting& waiting = looked.waiting;
  if (!waiting.trouble.empty()) out.note(waiting.trouble);
  if (waiting.rejected > 0)
    out.note(fmt::format("enrolments that are not sound and are left out: {}", waiting.rejected));
  if (looked.wakers) {
    const auto& devices = looked.membership.devices();
    const auto live = std::count_if(devices.begin(), devices.end(),
                                    [](const auto& device) { return device.is_live(); });
    const auto woken = std::count_if(devices.begin(), devices.end(), [&](const auto& device) {
      return device.is_live() && can_be_woken(looked, device);
    });
    out.note(fmt::format("{} of {} devices can be woken by push", woken, live));
  }
  const auto reviewed = looked.membership.reviewed();
  out.note(fmt::format(
      "membership list {}, {}", looked.membership.number(),
      reviewed ? "reviewed on " + roster::to_text(*reviewed) : std::string{"never reviewed"}));
}

}  // namespace

void print_device_list(Output& out, Form form, const Looked& looked, Revoked revoked,
                       Arrivals arrivals) {
  if (form == Form::json) return out.json(device_list_json(looked, revoked, arrivals));
  for (const roster::Device& device : looked.membership.devices()) {
    if (revoked == Revoked::left_out && !device.is_live()) continue;
    out.line(device_line(out, looked, device.person, device.name, device.keys) +
             (device.is_live() ? "" : "  REVOKED: " + base::printable(device.revoked->reason)));
  }
  if (arrivals == Arrivals::accepted)  // they are on the list above now
    out.note(fmt::format("{} accepted", looked.waiting.devices.size()));
  else
    for (const roster::Enrolled& one : looked.waiting.devices)
      out.line(device_line(out, looked, one.person, one.name, one.device) + "  " +
               out.paint(Paint::yellow, "waits: --accept"));
  note_what_remains(out, looked);
}

}  // namespace tocsin::cli
