#include "control/driving.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "channel/make.h"

namespace tocsin::control {

namespace {

using base::Exit;
using base::Fault;

seal::Identity incident_key_of(const Session& session) {
  auto key = session.home().incident_key(session.state().declared.incident, session.keys());
  if (!key)
    throw Fault(Exit::fault,
                fmt::format("the key of {} was destroyed", session.state().declared.label),
                "a purged incident cannot be driven any more; \"tocsin board\" still shows it");
  return *std::move(key);
}

std::filesystem::path note_path(const Session& session) {
  return session.home().path() / "incidents" /
         fmt::format("{}.driver", seal::to_text(session.state().declared.incident));
}

}  // namespace

Driving::Driving(Session& session, const base::Clock& clock, Wiring wiring)
    : session_(session),
      clock_(clock),
      wiring_(std::move(wiring)),
      incident_key_(incident_key_of(session)),
      envelopes_(session.keys().coordinator.signing, incident_key_.opening),
      lease_(session.journal().lease(), note_path(session), session.by(), clock) {
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
    if (!contact::find(channel.id)->needs_relay)
      others_.push_back(channel::make(channel.id, channel.settings, parts));
  for (const auto& other : others_) channels_.push_back(other.get());
}

std::unique_ptr<incident::Driver> Driving::make_driver() {
  return std::make_unique<incident::Driver>(
      session_.ledger(), channels_, envelopes_, session_.keys().certificate, clock_,
      wiring_.ids == nullptr ? session_.random() : *wiring_.ids, wiring_.recourses);
}

// Takes the devices that were enrolled or revoked since: `staff` writes the list, the incident
// reads it.
void Driving::take_membership() {
  const base::Instant now = clock_.now();
  if (!membership_pace_.take(now)) return;
  auto bytes = session_.home().read_public("membership");
  if (!bytes || *bytes == membership_) return;
  membership_ = *std::move(bytes);
  const incident::State& state = session_.state();
  const std::uint64_t known = state.membership ? state.membership->number() : 0;
  const auto opened =
      roster::open_membership(membership_, session_.home().organisation().verify, known + 1);
  if (!std::holds_alternative<roster::Membership>(opened)) return;
  session_.ledger().add(now, "", incident::MembershipTaken{membership_});
  if (!session_.ledger().commit()) membership_.clear();  // another came first: the next turn
}

bool Driving::turn() {
  if (!lease_.renew())
    throw Fault(Exit::unreachable,
                fmt::format("{} is driven by {} now", session_.state().declared.label, driver()),
                "this process was asleep for too long; \"tocsin board --watch\" looks on");
  take_membership();
  if (waking_) waking_->look();
  const bool any = driver_->turn(base::Milliseconds{0});
  if (waking_) waking_->retire_gone();
  return any;
}

void Driving::start_over() {
  session_.refold();
  membership_.clear();
  driver_ = make_driver();
}

std::string Driving::trouble() const {
  if (!relay_) return {};
  const std::string trouble = relay_->trouble();
  return trouble.empty() ? waking_->trouble() : trouble;
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
