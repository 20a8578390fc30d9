#include "simulation/world.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "playbook/judging/judge.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Minutes;
using incident::State;
using incident::Status;

constexpr std::string_view kPlaybook = R"(
format: 1
id: small
title: Small incident
revision: "1"
site: {code: RX1RA, name: St Bride's Hospital}
shifts:
  - {id: response, title: Response, from: 0, until: 8h}
  - {id: relief, title: Relief, from: 8h, until: 16h}
areas:
  - id: resus
    title: Resus
    priority: 1
    report_to: Red doors
    lead: doctor
    posts:
      - {role: doctor, skills: [doctor], need: {response: 1 by 20min then 3 by 60min, relief: 2}, minimum: 1}
      - {role: nurse, skills: [nurse], need: {response: 4 by 60min, relief: 3}, minimum: 2}
  - id: wards
    title: Wards
    priority: 2
    report_to: Level 2
    lead: nurse
    posts:
      - {role: nurse, skills: [nurse], need: {response: 3 by 90min, relief: 2}}
      - {role: porter, skills: [porter], need: {response: 2 by 60min}}
cascade:
  channels: [relay, phone]
  answer_window: {default: 10min}
)";

playbook::Playbook small_playbook() {
  document::Findings findings;
  auto loaded = playbook::read_sound_playbook(kPlaybook, "small.yaml", findings);
  findings.throw_if_errors("playbook");
  return std::move(*loaded);
}

std::vector<seal::PublicIdentity> make_devices(std::size_t count, base::Random& random) {
  std::vector<seal::PublicIdentity> out(count);
  for (seal::PublicIdentity& device : out) {
    random.fill(device.verify.bytes);
    random.fill(device.seal.bytes);
  }
  return out;
}

// A text with everything that a decision can depend on, to compare two folds.
std::string digest(const State& state) {
  std::string out;
  for (const incident::Person& p : state.people)
    out += fmt::format("{}/{}/{}/{}/{}/{};", static_cast<int>(p.status), p.slot,
                       static_cast<int>(p.answer), static_cast<int>(p.written), p.messages.size(),
                       p.arrived.has_value());
  out += fmt::format("|{}|{}|{}", state.outbox.size(), state.phone_list.size(), state.waves);
  return out;
}

}  // namespace

journal::Append MortalJournal::append(std::uint64_t expected_size,
                                      std::span<const base::Bytes> bodies, journal::Fence) {
  ++appends;
  if (die == DieAt::before_append && appends == die_on) throw Killed{};
  if (forgets && appends == 3) {
    // The planted bug: an acknowledged event is missing, and a later append does not notice.
    forgets = false;
    return journal::Append::done;
  }
  const journal::Append result = kept_.append(std::min(expected_size, kept_.size()), bodies);
  if (die == DieAt::after_append && appends == die_on) throw Killed{};
  return result;
}

std::vector<channel::Delivery> BadNetwork::send(std::span<const channel::SealedMessage> batch) {
  std::vector<channel::Delivery> out;
  for (const channel::SealedMessage& message : batch) {
    sent_.insert(message.id);
    if (random_.chance(chances_.lost)) {
      // Half of the messages that seem lost did arrive, and only the answer was lost.
      const bool arrived = random_.chance(0.5);
      if (arrived) post_.send(std::span{&message, 1});
      out.push_back({message.id,
                     arrived || random_.chance(0.5) ? contact::Receipt::unknown
                                                    : contact::Receipt::failed_for_now,
                     "lost", base::Milliseconds{0}});
      continue;
    }
    post_.send(std::span{&message, 1});
    if (random_.chance(chances_.doubled)) post_.send(std::span{&message, 1});
    out.push_back({message.id, contact::Receipt::sent, "", base::Milliseconds{0}});
  }
  return out;
}

channel::Collected BadNetwork::collect(base::Milliseconds patience) {
  const channel::Collected fresh = post_.collect(patience);
  post_.acknowledge(fresh.cursor);
  for (const channel::Incoming& message : fresh.messages) {
    const int copies = random_.chance(chances_.doubled) ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
      const bool late = random_.chance(chances_.late);
      late_.push_back(
          {clock_.now() + base::Milliseconds{late ? random_.below(600'000) : 0}, message.content});
    }
  }
  for (auto at = late_.begin(); at != late_.end();) {
    if (at->due > clock_.now()) {
      ++at;
      continue;
    }
    pending_.push_back(std::move(at->content));
    at = late_.erase(at);
  }
  channel::Collected out;
  for (const base::Bytes& content : pending_) out.messages.push_back({content});
  if (random_.chance(chances_.shuffled)) std::reverse(out.messages.begin(), out.messages.end());
  out.cursor = acknowledged_ + pending_.size();
  return out;
}

void BadNetwork::acknowledge(std::uint64_t cursor) {
  pending_.erase(pending_.begin(),
                 pending_.begin() + static_cast<std::ptrdiff_t>(cursor - acknowledged_));
  acknowledged_ = cursor;
}

std::optional<Instant> BadNetwork::next() const {
  std::optional<Instant> next;
  for (const Waiting& waiting : late_)
    if (!next || waiting.due < *next) next = waiting.due;
  return next;
}

World::World(std::uint64_t seed, std::size_t staff, Chances chances, DieAt die,
             std::uint64_t die_on, Plant plant)
    : playbook_(small_playbook()),
      clock_(*base::from_rfc3339("2026-01-10T22:40:00Z")),
      random_(seed),
      staff_(drill::synthesise(playbook_, staff, clock_.now(), random_.fork(1))),
      devices_(make_devices(staff, random_)),
      organisation_(seal::Identity::generate(random_)),
      incident_(seal::random_message_id(random_)),
      post_(devices_),
      network_(post_, clock_, chances, random_.fork(2)),
      envelopes_(organisation_.signing.verify_key()),
      certificate_(seal::issue_certificate(organisation_.signing, seal::Role::tactical,
                                           organisation_.public_identity(), "Control", 1,
                                           clock_.now() - Minutes{60}, clock_.now() + Minutes{60})),
      people_(staff_.roster, staff_.rota, clock_.now(), seal::Realness::exercise, incident_, post_,
              random_.fork(3), drill::Temper{}) {
  journal_.die = die;
  journal_.die_on = die_on;
  journal_.forgets = plant == Plant::forgets_an_append;
}

void World::start() {
  driver_.reset();
  ledger_.emplace(journal_);
  driver_.emplace(*ledger_, std::vector<channel::Channel*>{&network_}, envelopes_, certificate_,
                  clock_, random_);
}

void World::declare() {
  incident::Declared declared;
  declared.incident = incident_;
  declared.label = "SIM";
  declared.playbook_file = "small.yaml";
  declared.playbook = playbook_.source_text;
  declared.identity = organisation_.public_identity();
  declared.organisation_keys = organisation_.public_identity();
  roster::Membership membership;
  for (std::size_t p = 0; p < devices_.size(); ++p)
    membership.add({staff_.roster[p].id, devices_[p], "", clock_.now(), "", {}});
  ledger_->add(clock_.now(), "control", std::move(declared));
  ledger_->add(clock_.now(), "control",
               incident::RosterTaken{roster::encode(staff_.roster), roster::encode(staff_.rota)});
  ledger_->add(clock_.now(), "control",
               incident::MembershipTaken{
                   roster::sign_membership(membership, organisation_.signing, clock_.now())});
  ledger_->commit();
}

void World::turn() {
  if (!ledger_) start();
  if (!ledger_->state().is_declared()) declare();
  while (driver_->turn(base::Milliseconds{0})) {
  }
}

std::string World::play() {
  const Instant end = clock_.now() + Minutes{9 * 60};
  for (int turns = 0; turns < 20'000; ++turns) {
    try {
      turn();
    } catch (const Killed&) {
      ++deaths_;
      ledger_.reset();
      driver_.reset();
      continue;
    }
    if (std::string wrong = check(); !wrong.empty()) return wrong;
    const auto& messages = ledger_->state().messages;
    for (; notified_ < messages.size(); ++notified_)
      people_.notify(messages[notified_].person, clock_.now());
    // A message that was lost may have arrived with a later attempt.
    for (std::size_t p = 0; p < devices_.size(); ++p) people_.notify(p, clock_.now());
    people_.act(clock_.now());

    std::optional<Instant> next = people_.next();
    for (const auto& other : {driver_->wake(), network_.next()})
      if (other && (!next || *other < *next)) next = other;
    if (!next || *next > end) return check_restart();
    // Sometimes the machine sleeps and wakes too late.
    const Minutes jump{random_.chance(0.01) ? 15 : 0};
    clock_.set(std::max(*next, clock_.now()) + jump);
    people_.act(clock_.now());
  }
  return "the night does not end";
}

std::string World::check() const {
  const State& state = ledger_->state();
  // Every message that the network saw must have an earlier event in the journal, not only in
  // memory.
  std::set<seal::MessageId> issued;
  std::map<std::string, int> requests;
  std::set<seal::MessageId> replies;
  std::string wrong;
  const_cast<MortalJournal&>(journal_).read_after(0, [&](const journal::Entry& entry) {
    const auto event = incident::decode_event(entry.body);
    if (!event)
      wrong = "an event cannot be read";
    else if (const auto* i = std::get_if<incident::Issued>(&event->body)) {
      issued.insert(i->id);
      if (i->kind == playbook::MessageKind::request && ++requests[i->person.str()] > 1)
        wrong = "somebody was called under two ids";
    } else if (const auto* r = std::get_if<incident::Replied>(&event->body)) {
      if (!replies.insert(r->id).second) wrong = "a reply was counted twice";
    }
  });
  if (!wrong.empty()) return wrong;
  for (const seal::MessageId& id : network_.sent())
    if (!issued.contains(id)) return "something was sent that is not in the journal";

  std::vector<int> held(state.slots.size(), 0);
  for (const incident::Person& person : state.people)
    if (person.status == Status::assigned) ++held[person.slot];
  for (std::size_t s = 0; s < held.size(); ++s) {
    const int spare = state.is_relief(state.slots[s].post) ? 0 : 1;
    if (held[s] > state.slots[s].count + spare) return "two people hold one seat";
  }
  for (std::size_t p = 0; p < state.people.size(); ++p) {
    const incident::Person& person = state.people[p];
    if (person.status == Status::assigned &&
        !state.can_hold(static_cast<incident::PersonIndex>(p), state.slots[person.slot].post))
      return "somebody holds a post without its skills";
    if (person.answer == incident::Answer::no && person.status == Status::assigned &&
        !person.arrived)
      return "somebody who said no holds a post";
  }
  return "";
}

// A process that starts now must have the same state as the running one and add no event. Every
// decision must have been sent.
std::string World::check_restart() const {
  incident::Ledger again{const_cast<MortalJournal&>(journal_)};
  if (digest(again.state()) != digest(ledger_->state())) return "a restart gives another state";
  incident::Stepper stepper;
  base::SeededRandom ids{99};
  if (!stepper.step(again.state(), clock_.now(), ids).events.empty())
    return "a restart decides something else";
  for (const incident::Message& message : again.state().messages)
    if (message.channel.str() == "relay" && !message.receipt && !message.closed) return "a message was forgotten";
  return "";
}

}  // namespace tocsin::simulation
