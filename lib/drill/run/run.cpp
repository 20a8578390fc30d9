#include "drill/run/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/fault.h"
#include "drill/people/broadcast.h"
#include "drill/people/synthetic.h"
#include "drill/report/watch.h"
#include "drill/run/room.h"
#include "incident/calling/calls.h"
#include "incident/coordinator/switchboard.h"
#include "incident/message/notice.h"

namespace tocsin::drill {

namespace {

using base::Instant;
using base::Minutes;
using incident::Ledger;

// The random streams of a seed, one for each purpose, so that a draw from one changes no other.
enum Purpose : std::uint64_t {
  staff_stream = 1,
  people_stream,
  message_stream,
  key_stream,
  world_stream
};

// The channel that both kinds of room have.
const incident::ChannelId kRelay{"relay"};

// After the time of the last seat, people on the road get this long to arrive. Then the drill ends.
constexpr Minutes kAfterTheLast{60};

class Exercise {
 public:
  Exercise(const playbook::Playbook& playbook, const Settings& settings)
      : settings_(settings),
        seed_(settings.seed),
        message_ids_(seed_.fork(message_stream)),
        clock_(settings.at),
        equipped_(equipped(playbook, settings_)),
        keys_(seed_.fork(key_stream)),
        incident_(seal::random_message_id(message_ids_)),
        room_(open_room({playbook, equipped_.staff, equipped_.enrolled, settings_, clock_,
                         incident_, message_ids_, keys_})),
        ledger_(room_->ledger()),
        people_(equipped_.staff.roster, equipped_.staff.rota, settings.at, seal::Realness::exercise,
                incident_, room_->phones(), seed_.fork(people_stream),
                {settings.policy, settings.belief, settings.world.has_value()}) {
    if (settings.policy == Policy::broadcast) call_everybody();
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
    if (settings_.world) report.ways = ways_of(ledger_.state());
    if (settings_.looks_back) report.hindsight = look_back(ledger_.state(), people_);
    report.seed = settings_.seed;
    report.policy = settings_.policy;
    report.belief = settings_.belief;
    report.minutes = std::chrono::ceil<Minutes>(clock_.now() - settings_.at);
    report.head = base::to_hex(ledger_.journal().head());
    report.wall_seconds = stopwatch_.seconds();
    return report;
  }

 private:
  static Equipped equipped(const playbook::Playbook& playbook, const Settings& settings) {
    const base::SeededRandom seed{settings.seed};
    Staff staff = synthesise(playbook, settings.staff, settings.at, seed.fork(staff_stream));
    if (!settings.world) return {std::move(staff), {}};
    return equip(std::move(staff), *settings.world, seed.fork(world_stream));
  }

  void call_everybody() {
    const Instant now = clock_.now();
    for (incident::Body& body : broadcast(ledger_.state(), now, message_ids_))
      ledger_.add(now, room_->caller().name, std::move(body));
    TOCSIN_ASSERT(ledger_.commit());
  }

  // Records people who ring the coordinator. Each call is an interruption.
  bool take_rings(Instant now) {
    const auto rings = people_.take_rings();
    for (const People::Ring& ring : rings) {
      ++rings_.all;
      rings_.first_hour += now <= settings_.at + Report::kSoon ? 1 : 0;
      ledger_.add(now, room_->caller().name,
                  incident::Replied{seal::random_message_id(message_ids_),
                                    ledger_.state().roster[ring.person].id,
                                    incident::Answer::coming, ring.arrives, incident::kHand});
    }
    TOCSIN_ASSERT(ledger_.commit());
    return !rings.empty();
  }

  // Does everything that can happen at this instant, until nothing more happens.
  void work_through(Instant now) {
    bool are_told = false;
    do {
      while (room_->turn()) note_forecast();
      const auto& messages = ledger_.state().messages;
      are_told = shown_ == messages.size();
      for (; shown_ < messages.size(); ++shown_)
        if (!settings_.world && messages[shown_].channel == kRelay)
          people_.notify(messages[shown_].person, now);
      for (const std::size_t person : room_->take_arrivals()) {
        people_.notify(person, now);
        are_told = false;
      }
      people_.act(now);
    } while (!are_told || take_rings(now) || operate(now) ||
             (people_.next() && *people_.next() <= now));
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
      const incident::TakenCall taken = incident::take_call(ledger_.state(), now);
      if (!taken.call) break;
      note(now, taken.order);
      ring(*taken.call, now);
      rang = true;
    }
    if (!rang) return false;
    next_ring_ = now + Minutes{1};
    return true;
  }

  // One call. The answer goes into the journal, and the decision that follows is read out in the
  // same call.
  void ring(const incident::Call& call, Instant now) {
    const incident::PersonIndex person = call.person;
    const roster::PersonId id = ledger_.state().roster[person].id;
    const bool is_open = !people_.awaits_call(person);
    const auto reply = is_open && call.asks ? people_.pick_up(person, now) : std::nullopt;
    if (is_open && !reply && (call.asks || !people_.picks_up(person)))
      return note(
          now, incident::unanswered(ledger_.state(), person, incident::kNoAnswer, {call.number}));
    if (reply) {
      note(now, {{incident::Replied{seal::random_message_id(message_ids_), id, reply->answer,
                                    reply->when.value_or(Instant{}), incident::kPhone}},
                 ""});
      room_->settle();
    }
    const incident::State& state = ledger_.state();
    incident::Order passed_on;
    for (const incident::MessageIndex index : state.phone_list) {
      const incident::Message& message = state.messages[index];
      if (message.person != person) continue;
      people_.hear(person, incident::notice_for(state, message, room_->caller()), now);
      passed_on.events.emplace_back(incident::Receipted{message.id, contact::Receipt::read, ""});
    }
    note(now, incident::and_hang_up(std::move(passed_on), state, person, call.number));
  }

  void note(Instant now, incident::Order order) {
    for (incident::Body& body : order.events) ledger_.add(now, "switchboard", std::move(body));
    TOCSIN_ASSERT(ledger_.commit());
  }

  std::optional<Instant> next_time() const {
    std::optional<Instant> next = people_.next();
    const auto consider = [&](std::optional<Instant> other) {
      if (other && (!next || *other < *next)) next = other;
    };
    consider(room_->wake());
    if (!ledger_.state().phone_list.empty()) consider(next_ring_);
    return next;
  }

  const base::Stopwatch stopwatch_;
  const Settings settings_;
  const Figures figures_;
  const base::SeededRandom seed_;
  base::SeededRandom message_ids_;
  base::VirtualClock clock_;
  const Equipped equipped_;
  base::SeededRandom keys_;
  const seal::MessageId incident_;
  const std::unique_ptr<Room> room_;
  Ledger& ledger_;
  People people_;
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
