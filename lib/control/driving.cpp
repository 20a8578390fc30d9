#include "control/driving.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "base/fault.h"
#include "channel/make.h"
#include "control/channels.h"
#include "control/people.h"

namespace tocsin::control {

namespace {

using base::Exit;
using base::Fault;

seal::Identity incident_key_of(const Session& session) {
  auto key = session.home().incident_key(session.state().declared.incident, session.keys());
  if (!key)
    throw Fault(
        Exit::fault, fmt::format("the key of {} is gone", session.state().declared.label),
        "a purged incident cannot be driven any more, and \"tocsin board\" still shows it; if "
        "nobody purged it, take its file incidents/ID.key from a backup");
  return *std::move(key);
}

}  // namespace

Driving::Driving(Session& session, const base::Clock& clock, Wiring wiring,
                 std::unique_ptr<Lease> lease)
    : session_(session),
      clock_(clock),
      wiring_(std::move(wiring)),
      incident_key_(incident_key_of(session)),
      envelopes_(session.keys().coordinator.signing, incident_key_.opening),
      lease_(lease ? std::move(lease) : session.lease()) {
  newest_list(session.home(), session.keys().store);  // refused, a night does not begin with it
  connect();
  driver_ = make_driver();
}

// The relay first: it is the one that a turn may wait for.
void Driving::connect() {
  const home::Settings& settings = session_.home().settings();
  channel::Parts parts{.home = session_.home().path(),
                       .relay = {},
                       .coordinator = session_.keys().coordinator,
                       .certificate = session_.keys().certificate,
                       .incident = incident_key_,
                       .clock = clock_,
                       .listen = wiring_.listen};
  parts.push_key = [&] { return session_.home().push_key(session_.keys(), session_.random()); };
  parts.hook_key = [&](std::string_view hook) {
    return session_.home().hook_key(hook, session_.keys());
  };
  if (settings.relay) {
    parts.relay = {settings.relay->url, settings.relay->pins};
    if (settings.relay->url.starts_with("https://")) parts.turn_to = settings.relay->url;
  }
  if (wiring_.relay) parts.relay = *wiring_.relay;
  if (!parts.relay.url.empty()) {
    relay_ = channel::RelayChannel::make({}, parts);
    waking_ = std::make_unique<Waking>(session_, *relay_, parts);
    channels_.push_back(&waking_->channel());
  }
  for (const home::Channel& channel : settings.channels)
    if (!contact::find(channel.id)->needs_relay) connect(channel, parts);
  for (const auto& other : others_) channels_.push_back(other.get());
}

// A channel that cannot be made is left out: people are reached by the others.
void Driving::connect(const home::Channel& channel, const channel::Parts& parts) {
  try {
    others_.push_back(channel::make(channel.id, channel.settings, parts));
  } catch (const Fault& fault) {
    left_out_.insert(channel.id);
    channel_trouble_ =
        fmt::format("{} is left out: {}; {}", channel.id.str(), fault.what(), fault.hint());
  }
}

std::unique_ptr<incident::Driver> Driving::make_driver() {
  auto driver = std::make_unique<incident::Driver>(
      session_.ledger(), channels_, envelopes_, session_.keys().certificate, clock_,
      wiring_.ids == nullptr ? session_.random() : *wiring_.ids, wiring_.recourses);
  driver->drive_by(right());
  return driver;
}

incident::Driver::Right Driving::right() {
  return {lease_->fence(), [this] { lease_->confirm(); }};
}

bool Driving::take_lease() {
  const bool is_taken = lease_->take_if_free();
  driver_->drive_by(right());
  return is_taken;
}

// Takes the devices that were enrolled or revoked since: `staff` writes the list, the incident
// reads it.
void Driving::take_membership() {
  const base::Instant now = clock_.now();
  if (!membership_pace_.take(now)) return;
  // Refused here, a list stays out, and the one that the incident has goes on: whoever changes that
  // file must not be able to end the night.
  std::optional<NewestList> newest;
  try {
    newest = newest_list(session_.home(), session_.keys().store);
    membership_trouble_.clear();
  } catch (const Fault& fault) {
    membership_trouble_ =
        fmt::format("no changes of the membership are taken in: {}", fault.what());
  }
  const auto& known = session_.state().membership;
  if (!newest || (known && newest->membership.number() <= known->number())) return;
  session_.ledger().add(now, "", incident::MembershipTaken{std::move(newest->bytes)});
  if (!session_.ledger().commit(lease_->fence()))
    membership_pace_.hurry();  // another came first: the next turn
}

// tocsin.yaml may have changed since the declaration, and this process may serve the mailboxes.
void Driving::take_channels() {
  if (channels_taken_) return;
  std::vector<contact::ChannelId> here = channels_of(
      session_.home().settings(), relay_ ? Mailboxes::served_here : Mailboxes::of_settings);
  std::erase_if(here, [&](const contact::ChannelId& id) { return left_out_.contains(id); });
  const incident::State& state = session_.state();
  if (!state.channels || *state.channels != std::set(here.begin(), here.end()))
    session_.ledger().add(clock_.now(), "", incident::ChannelsTaken{here});
  incident::LimitsTaken limits = limits_of(session_.home().settings());
  if (limits.by_channel() != state.limits)
    session_.ledger().add(clock_.now(), "", std::move(limits));
  channels_taken_ = session_.ledger().commit(lease_->fence());  // or the next turn
}

// Whoever wants no more messages somewhere is not written to there in the next incident either. A
// roster that cannot be written must not end the night.
void Driving::take_stops() {
  const std::uint64_t stops = session_.state().stops;
  if (stops == stops_taken_ || !stops_pace_.take(clock_.now())) return;
  try {
    note_stops(session_.home(), session_.keys().store, session_.state(),
               std::chrono::floor<std::chrono::days>(clock_.now()), session_.random());
    stops_taken_ = stops;
    stops_trouble_.clear();
  } catch (const Fault& fault) {
    stops_trouble_ =
        fmt::format("the roster does not say who wants no more messages: {}", fault.what());
  }
}

bool Driving::turn() {
  lease_->confirm();
  take_membership();
  take_channels();
  if (waking_) waking_->look();
  const bool any = driver_->turn(base::Milliseconds{0});
  if (waking_) waking_->retire_gone();
  take_stops();
  return any;
}

void Driving::start_over() {
  session_.refold();
  membership_pace_.hurry();
  driver_ = make_driver();
}

std::string Driving::trouble() const {
  if (!membership_trouble_.empty()) return membership_trouble_;
  if (!stops_trouble_.empty()) return stops_trouble_;
  if (!channel_trouble_.empty()) return channel_trouble_;
  if (relay_) {
    if (std::string trouble = relay_->trouble(); !trouble.empty()) return trouble;
    if (std::string trouble = waking_->trouble(); !trouble.empty()) return trouble;
  }
  for (const auto& other : others_)
    if (std::string trouble = other->trouble(); !trouble.empty()) return trouble;
  return {};
}

void settle_undriven(Session& session, const base::Clock& clock) {
  const auto key = session.home().incident_key(session.state().declared.incident, session.keys());
  if (!key) return;
  const incident::SealedEnvelopes envelopes(session.keys().coordinator.signing, key->opening);
  incident::Driver(session.ledger(), {}, envelopes, session.keys().certificate, clock,
                   session.random())
      .settle();
}

}  // namespace tocsin::control
