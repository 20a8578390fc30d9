#include "drill/world/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "contact/channels.h"
#include "document/fields.h"
#include "document/yaml.h"
#include "drill/people/figures.h"

namespace tocsin::drill {

namespace {

using contact::Class;
using document::Fields;
using document::Findings;
using document::Node;

constexpr auto& kTried = contact::names_of<&contact::Channel::is_tried>;
constexpr base::Minutes kLongest{7 * 24 * 60};

// As the forecast believes before the first answer; mail is assumed to be as quiet as a text.
double usual_notice(std::string_view channel) {
  constexpr callout::Figures kUsual;
  if (channel == "phone" || channel == "voice") return kUsual.reached_by_phone;
  return channel == "sms" || channel == "email" ? kUsual.reached_by_text : kUsual.reached;
}

void read_outage(Node node, WorldChannel& channel, Findings& findings) {
  Fields fields{node, findings, "a failure"};
  if (!fields.is_mapping()) return;
  const auto from = fields.required("from");
  const auto until = fields.required("until");
  fields.finish();
  if (!from || !until) return;
  const auto begins = document::read_minutes(*from, findings, kLongest);
  const auto ends = document::read_minutes(*until, findings, kLongest);
  if (!begins || !ends) return;
  if (*ends <= *begins)
    findings.error(until->place(), "it ends before it begins", "both count from the declaration");
  channel.fails.push_back({*begins, *ends});
}

void read_channel(Node node, WorldChannel& channel, Findings& findings) {
  Fields fields{node, findings, "a channel"};
  if (!fields.is_mapping()) return;
  if (const auto have = fields.required("have"))
    channel.have = document::read_share(*have, findings).value_or(channel.have);
  const bool is_phone = channel.id.str() == "phone";
  const auto refuse_of_phone = [&](Node at, std::string_view key) {
    if (is_phone)
      findings.error(at.place(), fmt::format("\"phone\" has no \"{}\"", key),
                     "operators ring, one number a minute; --belief says who picks up");
  };
  if (const auto notice = fields.optional("notice")) {
    refuse_of_phone(*notice, "notice");
    channel.notice = document::read_share(*notice, findings).value_or(channel.notice);
  }
  if (const auto rate = fields.optional("per_minute")) {
    refuse_of_phone(*rate, "per_minute");
    channel.per_minute =
        static_cast<int>(document::read_count(*rate, findings, 1, 1'000'000).value_or(0));
  }
  if (const auto fails = fields.optional("fails")) {
    refuse_of_phone(*fails, "fails");
    if (!fails->is_sequence())
      findings.error(fails->place(), "expected a list of times", "[{from: 10min, until: 30min}]");
    for (const Node outage : fails->items()) read_outage(outage, channel, findings);
  }
  fields.finish();
}

}  // namespace

bool WorldChannel::is_down(base::Milliseconds since) const {
  return std::any_of(fails.begin(), fails.end(), [&](const Outage& outage) {
    return since >= outage.from && since < outage.until;
  });
}

World read_world(std::string_view text, std::string_view file, Findings& findings) {
  World world;
  const auto tree = document::parse_yaml(text, file, findings);
  if (!tree) return world;
  Fields fields{tree->root(), findings, "a world"};
  if (!fields.is_mapping()) return world;
  if (const auto format = fields.required("format")) document::read_count(*format, findings, 1, 1);
  if (const auto channels = fields.required("channels")) {
    if (!channels->is_mapping())
      findings.error(channels->place(), "expected channels", "sms: {have: 95%}");
    for (const document::Entry entry : channels->entries()) {
      const std::string name{entry.key.text()};
      if (std::find(kTried.begin(), kTried.end(), name) == kTried.end()) {
        findings.error(entry.key.place(),
                       fmt::format("no channel is called \"{}\"", document::shown(name)),
                       document::meant(name, kTried));
        continue;
      }
      WorldChannel channel;
      channel.id = contact::ChannelId{name};
      channel.notice = usual_notice(name);
      read_channel(entry.value, channel, findings);
      world.channels.push_back(std::move(channel));
    }
  }
  fields.finish();
  return world;
}

Equipped equip(Staff staff, const World& world, const base::SeededRandom& random) {
  Equipped out{{}, std::vector<bool>(staff.roster.size(), false)};
  std::vector<roster::Responder> people = staff.roster.responders();
  for (std::size_t p = 0; p < people.size(); ++p) {
    base::SeededRandom dice = random.fork(p);
    std::vector<roster::ContactPoint> points;
    for (const WorldChannel& channel : world.channels) {
      const bool has_it = dice.uniform() < channel.have;
      if (!has_it) continue;
      if (contact::reaches_devices(channel.id)) {
        out.enrolled[p] = true;
      } else if (channel.id.str() == "phone") {
        points.insert(points.end(), people[p].contacts.begin(), people[p].contacts.end());
      } else {
        // Nobody else has it: 999 is no country's code.
        points.push_back({channel.id, fmt::format("+999{:07}", 1'000'000 + p), {}, {}, true});
      }
    }
    people[p].contacts = std::move(points);
  }
  out.staff = {roster::Roster{staff.roster.revision(), staff.roster.imported(), std::move(people)},
               std::move(staff.rota)};
  return out;
}

}  // namespace tocsin::drill
