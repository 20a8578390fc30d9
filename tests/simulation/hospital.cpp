#include "simulation/hospital.h"

#include <fmt/format.h>

#include <algorithm>

#include "playbook/judging/judge.h"
#include "playbooks/playbooks.h"
#include "simulation/machine_clock.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Minutes;
using playbook::ChannelId;

constexpr std::string_view kAreas = R"(
  - id: resus
    title: Resus
    priority: 1
    report_to: Red doors
    lead: doctor
    posts:
      - {role: doctor, skills: [doctor], need: {response: 1 by 20min then 3 by 60min, relief: 2}, minimum: 1}
      - {role: nurse, skills: [nurse], need: {response: 3 by 60min, relief: 2}, minimum: 2}
  - id: wards
    title: Wards
    priority: 2
    report_to: Level 2
    lead: nurse
    posts:
      - {role: nurse, skills: [nurse], need: {response: 3 by 90min}}
      - {role: porter, skills: [porter], need: {response: 2 by 60min}}
)";

constexpr std::string_view kCascade = R"(cascade:
  key_roles:
    - {{post: resus/doctor, on_call: consultant}}
  channels: [{}]
  answer_window: {{1: 5min, default: 10min}}
  reminders: {}
{})";

// Those of the cascade that write, when there are several.
std::string together_in(const std::string& channels) {
  const std::string written = channels.substr(0, channels.find(", phone"));
  return written.find(',') == std::string::npos ? ""
                                                : fmt::format("  together: {{1: [{}]}}\n", written);
}

playbook::Playbook small_playbook(const Trouble& trouble) {
  document::Findings findings;
  const std::string cascade =
      fmt::format(fmt::runtime(kCascade), trouble.channels, trouble.reminders,
                  trouble.together ? together_in(trouble.channels) : "");
  const std::string text = playbooks::changed(
      playbooks::with_areas(playbooks::small(), kAreas),
      {{"cascade:\n  channels: [phone]\nlimits:\n  on_duty_share: 0%\n", cascade}});
  auto loaded = playbook::read_sound_playbook(text, "small.yaml", findings);
  findings.throw_if_errors("playbook");
  return std::move(*loaded);
}

// Half of the clocks that are wrong are slow by no more than a night lasts, so that what they show
// can be right. None is fast by about as much as an answer may be late: nobody can tell the two.
base::Milliseconds draw_phone_offset(base::SeededRandom& random) {
  if (random.chance(0.5)) return -Minutes{1 + random.below(150)};
  const base::Milliseconds offset = draw_offset(random);
  return offset > base::Milliseconds{0} ? offset + Minutes{30} : offset;
}

// Some people are on call for no key role; they are asked before others all the same.
roster::Rota with_on_call(const drill::Staff& staff, Instant at, base::SeededRandom& random) {
  std::vector<roster::Stint> stints(staff.rota.planned());
  for (const roster::Responder& row : staff.roster.responders())
    if (staff.rota.of(row.id).empty() && random.chance(0.3))
      stints.push_back(
          {row.id, roster::Duty::on_call, row.role, {}, at - Minutes{240}, at + Minutes{600}});
  return roster::Rota{2, std::move(stints), {}};
}

roster::Roster with_contacts(const roster::Roster& roster, const Trouble& trouble,
                             base::SeededRandom& random) {
  std::vector<roster::Responder> rows = roster.responders();
  for (std::size_t p = 0; p < rows.size(); ++p) {
    std::vector<roster::ContactPoint>& contacts = rows[p].contacts;
    contacts.clear();
    const auto add = [&](const char* channel, std::string address) {
      contacts.push_back({ChannelId{channel}, std::move(address), {}, {}, true});
    };
    // Ofcom reserves this range of numbers for drama.
    const std::string number = fmt::format("+447700900{:03}", p);
    if (random.chance(trouble.with_number)) {
      add("phone", number);
      if (random.chance(trouble.with_second_number))
        add("phone", fmt::format("+447700900{:03}", 500 + p));
    }
    if (random.chance(0.7)) add("sms", number);
    if (random.chance(trouble.with_messenger)) add("threema", fmt::format("SIMUL{:03}", p));
  }
  return roster::Roster{1, roster.imported(), std::move(rows)};
}

}  // namespace

Hospital open_hospital(std::size_t staff, const Trouble& trouble, Instant at,
                       base::SeededRandom random) {
  Hospital here;
  here.playbook = small_playbook(trouble);
  here.staff = drill::synthesise(here.playbook, staff, at, random.fork(1));
  base::SeededRandom draws = random.fork(2);
  here.staff.rota = with_on_call(here.staff, at, draws);
  here.staff.roster = with_contacts(here.staff.roster, trouble, draws);
  for (const roster::Responder& row : here.staff.roster.responders()) {
    std::set<std::string>& wrong = here.wrong.emplace_back();
    for (const roster::ContactPoint& contact : row.contacts)
      if (contact.channel == incident::kPhone && draws.chance(trouble.wrong_numbers))
        wrong.insert(contact.address);
  }
  here.keys.resize(staff);
  for (seal::PublicIdentity& device : here.keys) {
    draws.fill(device.verify.bytes);
    draws.fill(device.seal.bytes);
    here.has_device.push_back(draws.chance(trouble.with_device));
  }
  for (std::size_t p = 0; p < staff; ++p)
    here.ahead.push_back(draws.chance(trouble.wrong_phones) ? draw_phone_offset(draws)
                                                            : base::Milliseconds{0});
  here.channels = {ChannelId{"relay"}, ChannelId{"threema"}, ChannelId{"phone"}};
  if (trouble.home_has_pager) here.channels.emplace_back("sms");
  return here;
}

roster::Membership Hospital::membership(Instant now) const {
  roster::Membership list;
  for (std::size_t p = 0; p < size(); ++p)
    if (has_device[p]) list.add({id(p), keys[p], "", now, "", {}});
  return list;
}

std::vector<ChannelId> Hospital::ways_to(std::size_t person) const {
  std::vector<ChannelId> ways;
  const auto& contacts = staff.roster[person].contacts;
  for (const ChannelId& channel : playbook.cascade.channels) {
    if (std::find(channels.begin(), channels.end(), channel) == channels.end()) continue;
    const bool reaches = channel.str() == "relay"
                             ? has_device[person]
                             : std::any_of(contacts.begin(), contacts.end(),
                                           [&](const auto& c) { return c.channel == channel; });
    if (reaches) ways.push_back(channel);
  }
  return ways;
}

}  // namespace tocsin::simulation
