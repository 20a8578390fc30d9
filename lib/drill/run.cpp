#include "drill/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/fault.h"
#include "channel/relay.h"
#include "drill/broadcast.h"
#include "drill/live.h"
#include "drill/memory.h"
#include "drill/organisation.h"
#include "drill/synthetic.h"
#include "drill/watch.h"
#include "incident/calling/calls.h"
#include "incident/coordinator/order.h"
#include "incident/loop/drive.h"
#include "incident/message/notice.h"
#include "journal/memory.h"
#include "journal/sqlite.h"
#include "relay/server.h"
#include "seal/entropy.h"

namespace tocsin::drill {

namespace {

using base::Instant;
using base::Minutes;
using incident::Driver;
using incident::Ledger;

// The random streams of a seed, one for each purpose, so that a draw from one changes no other.
enum Purpose : std::uint64_t { staff_stream = 1, people_stream, message_stream, key_stream };

// After the time of the last seat, people on the road get this long to arrive. Then the drill ends.
constexpr Minutes kAfterTheLast{60};

// The transport and the journal of one drill.
struct Wires {
  std::unique_ptr<relay::Server> relay;
  std::unique_ptr<channel::RelayChannel> relay_channel;
  std::unique_ptr<RelayPhones> relay_phones;
  std::unique_ptr<MemoryPost> memory;
  std::unique_ptr<incident::Envelopes> envelopes;
  std::unique_ptr<journal::Journal> journal;
  channel::Channel* channel = nullptr;
  Phones* phones = nullptr;
};

Wires lay(Organisation& organisation, const Settings& settings, const seal::MessageId& incident,
          const base::Clock& clock, base::Random& random) {
  Wires wires;
  if (settings.path == Path::in_memory) {
    wires.memory = std::make_unique<MemoryPost>(organisation.device_keys);
    wires.envelopes =
        std::make_unique<OpenEnvelopes>(organisation.coordinator.signing.verify_key());
    wires.journal = std::make_unique<journal::MemoryJournal>();
    wires.channel = wires.memory.get();
    wires.phones = wires.memory.get();
    return wires;
  }
  relay::ServerSettings server;
  server.organisations.push_back(
      {organisation.keys.signing.verify_key(), organisation.keys.public_identity().id()});
  wires.relay = std::make_unique<relay::Server>(std::move(server), clock);
  wires.relay->start();
  const channel::RelayAddress address{wires.relay->url(), {}};
  wires.relay_channel = std::make_unique<channel::RelayChannel>(
      address, organisation.coordinator, organisation.certificate, organisation.incident, clock,
      channel::Listen::when_asked);
  wires.relay_phones = std::make_unique<RelayPhones>(
      address, std::move(organisation.devices), organisation.keys.signing.verify_key(),
      organisation.incident.public_identity(), clock, random);
  wires.envelopes = std::make_unique<incident::SealedEnvelopes>(organisation.coordinator.signing,
                                                                organisation.incident.opening);
  seal::StoreKey key = seal::generate_store_key(random);
  const base::Bytes wrapped =
      seal::wrap(key.view(), organisation.home->holders(), journal::key_purpose(incident), random);
  wires.journal = journal::SqliteJournal::create(
      organisation.home->journal_path(incident), incident, std::move(key), wrapped,
      journal::Author{organisation.coordinator.signing, organisation.certificate}, random);
  wires.channel = wires.relay_channel.get();
  wires.phones = wires.relay_phones.get();
  return wires;
}

class Exercise {
 public:
  Exercise(const playbook::Playbook& playbook, const Settings& settings)
      : settings_(settings),
        seed_(settings.seed),
        message_ids_(seed_.fork(message_stream)),
        clock_(settings.at),
        staff_(synthesise(playbook, settings.staff, settings.at, seed_.fork(staff_stream))),
        keys_(seed_.fork(key_stream)),
        incident_(seal::random_message_id(message_ids_)),
        organisation_(found(playbook, staff_, settings, incident_, clock_, keys_, entropy_)),
        wires_(lay(organisation_, settings, incident_, clock_, random())),
        ledger_(*wires_.journal),
        people_(staff_.roster, staff_.rota, settings.at, seal::Realness::exercise, incident_,
                *wires_.phones, seed_.fork(people_stream), {settings.policy, settings.belief}),
        driver_(ledger_, {wires_.channel}, *wires_.envelopes, organisation_.certificate, clock_,
                message_ids_, settings.recourses) {
    declare(playbook);
  }

  Report run(const Progress& progress) {
    Minutes last{0};
    for (const incident::Slot& slot : ledger_.state().slots) last = std::max(last, slot.by);
    const Minutes length = std::max(last + kAfterTheLast, Report::kSoon);
    const Instant end = settings_.at + length;
    Watch watch{ledger_.state(), length};
    const auto look_before = [&](Instant now) {
      watch.look_before(now, ledger_.state(), people_, ledger_.state().interruptions);
    };
    for (;;) {
      progress(std::chrono::floor<Minutes>(clock_.now() - settings_.at), length);
      work_through(clock_.now());
      const auto next = next_time();
      if (!next || *next > end) break;
      look_before(*next);
      clock_.set(std::max(*next, clock_.now()));
      people_.act(clock_.now());
    }
    look_before(end + base::Milliseconds{1});
    Report report = summarise(ledger_.state(), people_, watch, rings_);
    report.forecasts = forecasts_that_came(watch);
    if (settings_.looks_back) report.hindsight = look_back(ledger_.state(), people_);
    report.seed = settings_.seed;
    report.policy = settings_.policy;
    report.belief = settings_.belief;
    report.minutes = std::chrono::ceil<Minutes>(clock_.now() - settings_.at);
    report.head = base::to_hex(wires_.journal->head());
    report.wall_seconds = stopwatch_.seconds();
    return report;
  }

 private:
  // In memory nothing is encrypted, so random bytes may come from the seed and repeat.
  base::Random& random() {
    if (settings_.path == Path::in_memory) return keys_;
    return entropy_;
  }

  void declare(const playbook::Playbook& playbook) {
    const Instant now = clock_.now();
    incident::Declared declared;
    declared.incident = incident_;
    declared.label = fmt::format("EX-{}", settings_.seed);
    declared.realness = seal::Realness::exercise;
    declared.reason = "drill";
    declared.playbook_file = settings_.playbook_file;
    declared.set_playbook(playbook);
    declared.organisation = playbook.site.name;
    declared.caller = organisation_.certificate.name;
    declared.identity = organisation_.incident.public_identity();
    declared.organisation_keys = organisation_.keys.public_identity();
    const std::string& by = organisation_.certificate.name;
    ledger_.add(now, by, std::move(declared));
    ledger_.add(now, by,
                incident::RosterTaken{roster::encode(staff_.roster), roster::encode(staff_.rota)});
    ledger_.add(now, by, incident::MembershipTaken{organisation_.membership});
    if (settings_.policy == Policy::broadcast)
      for (incident::Body& body : broadcast(ledger_.state(), now, message_ids_))
        ledger_.add(now, by, std::move(body));
    TOCSIN_ASSERT(ledger_.commit());
  }

  // Records people who ring the coordinator. Each call is an interruption.
  bool take_rings(Instant now) {
    const auto rings = people_.take_rings();
    for (const People::Ring& ring : rings) {
      ++rings_.all;
      rings_.first_hour += now <= settings_.at + Report::kSoon ? 1 : 0;
      ledger_.add(now, organisation_.certificate.name,
                  incident::Replied{seal::random_message_id(message_ids_),
                                    ledger_.state().roster[ring.person].id,
                                    incident::Answer::coming, ring.arrives, incident::kHand});
    }
    TOCSIN_ASSERT(ledger_.commit());
    return !rings.empty();
  }

  // Does everything that can happen at this instant, until nothing more happens.
  void work_through(Instant now) {
    do {
      while (driver_.turn(base::Milliseconds{0})) note_forecast();
      const auto& messages = ledger_.state().messages;
      for (; shown_ < messages.size(); ++shown_)
        if (messages[shown_].channel.str() == wires_.channel->name())
          people_.notify(messages[shown_].person, now);
      people_.act(now);
    } while (take_rings(now) || operate(now) || (people_.next() && *people_.next() <= now));
  }

  // Records the loop's forecast, to compare it with the outcome.
  void note_forecast() {
    const incident::State& state = ledger_.state();
    if (state.reviewed == noted_) return;
    noted_ = state.reviewed;
    for (const incident::SeatOutlook& seat : state.outlook) {
      const auto post = state.post_index(seat.post);
      for (const incident::Slot& slot : state.slots)
        if (slot.post == post && slot.tranche == seat.deadline)
          made_.push_back({slot.post, slot.by, static_cast<double>(seat.per_mille) / 1000.0});
    }
  }

  Calibrating forecasts_that_came(const Watch& watch) const {
    Calibrating came;
    for (const Made& made : made_) {
      int seats = 0;
      for (const incident::Slot& slot : ledger_.state().slots)
        if (slot.post == made.post && slot.by <= made.by) seats += slot.count;
      came.add({made.probability, watch.at(made.by).present[made.post] >= seats});
    }
    return came;
  }

  // The switchboard: each operator rings one number a minute. True when somebody answered.
  bool operate(Instant now) {
    if (now < next_ring_) return false;
    bool rang = false;
    for (int operators = figures_.operators_by_night; operators > 0; --operators) {
      const auto calls = incident::calls(ledger_.state(), now);
      if (calls.empty()) break;
      ring(calls.front().person, now);
      rang = true;
    }
    if (!rang) return false;
    next_ring_ = now + Minutes{1};
    return true;
  }

  // One call. The answer goes into the journal, and the decision that follows is read out in the
  // same call.
  void ring(incident::PersonIndex person, Instant now) {
    const std::string operator_name = "switchboard";
    const roster::PersonId id = ledger_.state().roster[person].id;
    if (!people_.awaits_call(person)) {
      const auto reply = people_.pick_up(person, now);
      if (!reply) {
        ledger_.add(now, operator_name, incident::PhoneUnanswered{id, "no answer"});
        TOCSIN_ASSERT(ledger_.commit());
        return;
      }
      ledger_.add(now, operator_name,
                  incident::Replied{seal::random_message_id(message_ids_), id, reply->answer,
                                    reply->when.value_or(Instant{}), incident::ChannelId{"phone"}});
      TOCSIN_ASSERT(ledger_.commit());
      driver_.settle();
    }
    const incident::State& state = ledger_.state();
    std::vector<incident::Receipted> passed_on;
    for (const incident::MessageIndex index : state.phone_list) {
      const incident::Message& message = state.messages[index];
      if (message.person != person) continue;
      people_.hear(person, incident::notice_for(state, message, organisation_.certificate), now);
      passed_on.push_back({message.id, contact::Receipt::read, ""});
    }
    for (incident::Receipted& receipt : passed_on)
      ledger_.add(now, operator_name, std::move(receipt));
    TOCSIN_ASSERT(ledger_.commit());
  }

  std::optional<Instant> next_time() const {
    std::optional<Instant> next = people_.next();
    const auto consider = [&](std::optional<Instant> other) {
      if (other && (!next || *other < *next)) next = other;
    };
    consider(driver_.wake());
    if (!ledger_.state().phone_list.empty()) consider(next_ring_);
    return next;
  }

  const base::Stopwatch stopwatch_;
  const Settings settings_;
  const Figures figures_;
  const base::SeededRandom seed_;
  base::SeededRandom message_ids_;
  seal::Entropy entropy_;
  base::VirtualClock clock_;
  const Staff staff_;
  base::SeededRandom keys_;
  const seal::MessageId incident_;
  Organisation organisation_;
  Wires wires_;
  Ledger ledger_;
  People people_;
  Driver driver_;
  std::optional<Instant> noted_;
  struct Made {  // a forecast that all seats of the post needed by `by` will be filled
    incident::PostIndex post;
    Minutes by;
    double probability;
  };
  std::vector<Made> made_;
  std::size_t shown_ = 0;  // how many of the state's messages devices were notified of
  Instant next_ring_;
  Rings rings_;
};

}  // namespace

Report run(const playbook::Playbook& playbook, const Settings& settings, const Progress& progress) {
  return Exercise{playbook, settings}.run(progress);
}

}  // namespace tocsin::drill
