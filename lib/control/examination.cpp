#include "control/examination.h"

#include <algorithm>
#include <chrono>

#include "control/channels.h"
#include "control/declaration.h"
#include "control/people.h"
#include "control/wakeable.h"
#include "incident/calling/unfillable.h"
#include "seal/entropy.h"
#include "seal/hpke.h"

namespace tocsin::control {

namespace {

// NHS core standards require a communications exercise every six months. The list is reviewed as
// often.
constexpr std::chrono::days kReviewEvery{183};

// As the night would have it: what `declare` would begin with, and everybody comes.
std::vector<incident::EmptySeats> unfilled_at(const home::Home& home, const home::Unlocked& keys,
                                              const CheckedPlaybook& checked,
                                              const roster::Roster& roster, base::Instant at) {
  seal::Entropy random;
  incident::State state;
  for (incident::Body& body :
       rehearsal(home, keys, checked.file, checked.playbook, roster, at, random))
    state.apply({at, "", std::move(body)});
  return incident::unfillable(std::move(state));
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
  for (CheckedPlaybook& one : out.playbooks) {
    one.unfilled = unfilled_at(home, keys, one, out.roster, at);
    one.missing_channels = missing_channels(one.playbook, channels_of(home.settings()));
  }
  out.at = at;
  const auto reviewed = out.membership.reviewed();
  out.review_is_due = out.membership.number() > 0 && (!reviewed || *reviewed + kReviewEvery < now);
  out.has_rota = rota.revision() > 0;
  out.has_aes = seal::hpke::has_aes_256_gcm();
  return out;
}

}  // namespace tocsin::control
