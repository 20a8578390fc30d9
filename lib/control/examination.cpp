#include "control/examination.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <set>
#include <utility>

#include "control/channels.h"
#include "control/declaration.h"
#include "control/lone_channel.h"
#include "control/people.h"
#include "control/wakeable.h"
#include "home/time_zone.h"
#include "incident/calling/rota_needs.h"
#include "incident/calling/unfillable.h"
#include "seal/entropy.h"
#include "seal/hpke.h"

namespace tocsin::control {

namespace {

// NHS core standards require a communications exercise every six months. The list is reviewed as
// often.
constexpr std::chrono::days kReviewEvery{183};

// As the night would have it: what `declare` would begin with.
incident::State rehearsed(const home::Home& home, const home::Unlocked& keys,
                          const CheckedPlaybook& checked, const roster::Roster& roster,
                          base::Instant at) {
  seal::Entropy random;
  incident::State state;
  for (incident::Body& body :
       rehearsal(home, keys, checked.file, checked.playbook, roster, at, random))
    state.apply({at, "", std::move(body)});
  return state;
}

// What the rota must cover: its own on-call roles, and what each playbook needs, once.
roster::Coverage coverage(const roster::Rota& rota, const roster::Roster& roster,
                          const std::deque<incident::State>& nights, base::Instant at) {
  std::vector<roster::RotaNeed> needs = roster::needs_of(rota, roster);
  std::set<std::pair<roster::RotaNeed::Kind, std::string>> seen;
  for (const roster::RotaNeed& need : needs) seen.emplace(need.kind, need.name);
  for (const incident::State& night : nights)
    for (roster::RotaNeed& need : incident::rota_needs(night))
      if (seen.emplace(need.kind, need.name).second) needs.push_back(std::move(need));
  return roster::coverage_of(rota, roster, at, needs);
}

// People who have devices, none of which can be woken.
std::vector<std::size_t> unwakeable(const Examination& examined,
                                    const channel::SubscriptionBook& book) {
  std::vector<std::size_t> people;
  for (std::size_t i = 0; i < examined.roster.size(); ++i) {
    if (!examined.roster[i].is_active()) continue;
    const auto devices = examined.membership.live_devices(examined.roster[i].id);
    const bool can = std::ranges::any_of(
        devices, [&](const roster::Device* device) { return book.can_wake(device->keys.id()); });
    if (!devices.empty() && !can) people.push_back(i);
  }
  return people;
}

// Contact points that were never tested, and those that the last test did not reach.
void look_at_tests(Examination& examined, const home::Home& home, const ContactTests& tests) {
  std::set<contact::ChannelId> channels;
  for (const home::Channel& channel : home.settings().channels)
    if (can_be_alone(channel.id)) channels.insert(channel.id);
  if (channels.empty()) return;
  examined.never_tested.emplace();
  examined.failed_test.emplace();
  for (std::size_t i = 0; i < examined.roster.size(); ++i) {
    const roster::Responder& person = examined.roster[i];
    if (!person.is_active()) continue;
    for (const roster::ContactPoint& contact : person.contacts) {
      if (!channels.contains(contact.channel) || !contact.is_usable()) continue;
      const TestedPoint* last = tests.last(person.id, contact);
      const bool is_known_since = last != nullptr && contact.tested > last->begun;
      if (last == nullptr && !contact.tested)
        examined.never_tested->push_back({i, contact.channel, {}});
      if (last == nullptr || last->is_reached() || is_known_since) continue;
      std::string why{to_text(last->outcome)};
      if (last->outcome == TestOutcome::sent) why += ", and nothing was heard";
      if (!last->reason.empty()) why += ": " + last->reason;
      examined.failed_test->push_back({i, contact.channel, std::move(why)});
    }
  }
}

}  // namespace

Examination examine(const home::Home& home, const home::Unlocked& keys,
                    std::vector<CheckedPlaybook> playbooks, base::Instant at, base::Instant now) {
  Examination out;
  out.roster = need_roster(home, keys.store);
  out.membership = read_membership(home, keys.store);
  const roster::Rota rota = read_rota(home, keys.store);
  out.reach = roster::reach_of(out.roster, out.membership);
  if (push_setting(home) != nullptr)
    out.unwakeable = unwakeable(out, read_subscriptions(home, keys.store));
  out.look_alikes = roster::look_alikes(out.roster);
  out.playbooks = std::move(playbooks);
  std::deque<incident::State> nights;  // one for each playbook; the needs point into them
  for (CheckedPlaybook& one : out.playbooks) {
    nights.push_back(rehearsed(home, keys, one, out.roster, at));
    one.unfilled = incident::unfillable(nights.back());
    one.missing_channels = missing_channels(one.playbook, channels_of(home.settings()));
  }
  out.coverage = coverage(rota, out.roster, nights, at);
  seal::Entropy random;
  look_at_tests(out, home, read_contact_tests(home, keys.store));
  out.unusable = unusable_channels(home, keys, base::VirtualClock{now}, random);
  out.is_utc_by_default = home::is_utc_by_default(home.settings(), now);
  out.at = at;
  const auto reviewed = out.membership.reviewed();
  out.review_is_due = out.membership.number() > 0 && (!reviewed || *reviewed + kReviewEvery < now);
  out.has_rota = rota.revision() > 0;
  out.has_aes = seal::hpke::has_aes_256_gcm();
  return out;
}

}  // namespace tocsin::control
