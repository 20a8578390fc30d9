#include "simulation/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "incident/message/notice.h"
#include "simulation/mischief.h"

namespace tocsin::simulation {

namespace {

using base::Instant;
using base::Minutes;
using incident::State;

// The random streams of a seed, one for each purpose, so that a draw from one changes no other.
enum Purpose : std::uint64_t {
  staff_stream = 1,
  relay_stream,
  people_stream,
  crowd_stream,
  clock_stream,
  threema_stream,
  sms_stream,
  commander_stream,
  switchboard_stream,
  driver_stream,
  mischief_stream,
  second_words_stream
};

constexpr int kMostTurns = 300;          // of the driver, until it waits
constexpr int kMostAtOnce = 300;         // moments at one instant
constexpr std::size_t kMostEvents = 20;  // of one append, for each member of staff
constexpr Minutes kHangs{10};
constexpr Minutes kOverslept{15};
constexpr Minutes kTriesAgain{1};

// A text with everything that a decision can depend on, to compare two folds.
std::string digest(const State& state) {
  std::string out;
  for (const incident::Person& p : state.people)
    out += fmt::format("{}/{}/{}/{}/{}/{};", static_cast<int>(p.status), p.slot,
                       static_cast<int>(p.answer), static_cast<int>(p.written), p.messages.size(),
                       p.arrived.has_value());
  out += fmt::format("|{}|{}|{}|{}", state.outbox.size(), state.phone_list.size(), state.waves,
                     state.untold.size());
  return out;
}

}  // namespace

World::World(std::uint64_t seed, std::size_t staff, const Trouble& trouble, Plant plant,
             callout::Recourses recourses)
    : trouble_(trouble),
      plant_(plant),
      clock_(*base::from_rfc3339("2026-01-10T22:40:00Z")),
      random_(seed),
      hospital_(open_hospital(staff, trouble, clock_.now(), random_.fork(staff_stream))),
      machine_(clock_, trouble.clock_changes, random_.fork(clock_stream)),
      organisation_(seal::Identity::generate(random_)),
      incident_(seal::random_message_id(random_)),
      envelopes_(organisation_.signing.verify_key()),
      mandate_(organisation_, trouble_, clock_),
      diary_(hospital_.size()),
      relay_(hospital_, organisation_.signing.verify_key(), trouble_, clock_, incident_, diary_,
             random_.fork(relay_stream)),
      threema_post_(hospital_, "threema", trouble_, clock_, random_.fork(threema_stream)),
      sms_post_(hospital_, "sms", trouble_, clock_, random_.fork(sms_stream)),
      threema_(threema_post_),
      sms_(sms_post_),
      people_(hospital_.staff.roster, hospital_.staff.rota, clock_.now(), seal::Realness::exercise,
              incident_, relay_, random_.fork(people_stream), drill::Temper{}),
      crowd_(hospital_, people_, relay_, diary_, trouble_, clock_, incident_,
             random_.fork(crowd_stream)),
      drivers_view_(kept_, mandate_),
      checkers_view_(kept_, mandate_),
      checker_(hospital_, diary_, relay_, sms_post_, clock_, machine_, mandate_),
      recourses_(std::move(recourses)),
      ids_(random_.fork(driver_stream)),
      mischief_(random_.fork(mischief_stream)) {
  const auto an_append = [&] { return 2 + mischief_.below(80); };
  for (int i = 0; i < trouble.deaths; ++i)
    let_die(mischief_.chance(0.5) ? DieAt::before_append : DieAt::after_append, an_append());
  for (int i = 0; i < trouble.races; ++i) races_.insert(an_append());
  if (trouble.hangs) hangs_at_ = an_append();
  for (int i = 0; i < trouble.late_wakes; ++i)
    late_wakes_.push_back(clock_.now() + Minutes{mischief_.below(150)});
  checker_.notices_clock = trouble.deaths == 0 && !trouble.hangs;
  drivers_view_.forgets = plant == Plant::forgets_an_append;
  drivers_view_.before_append = [this] { meanwhile(); };
  relay_.forgets_at_once = plant == Plant::forgets_before_journal;
  threema_post_.lies = plant == Plant::delivered_to_nobody;
  relay_.before_forgetting = [this](std::size_t person, const seal::MessageId& reply) {
    checker_.forgets(person, reply, checkers_view_);
  };
  const auto sends = [this](const seal::MessageId& message) {
    checker_.sends(message, checkers_view_);
  };
  relay_.before_sending = sends;
  threema_post_.before_sending = sends;
  sms_post_.before_sending = sends;
}

incident::Driver World::driver_of(incident::Ledger& ledger) {
  std::vector<channel::Channel*> channels{&relay_, &threema_};
  if (trouble_.home_has_pager) channels.push_back(&sms_);
  return incident::Driver{ledger,   channels, envelopes_, mandate_.certificate(),
                          machine_, ids_,     recourses_, incident::Driver::kMostSteps / 4};
}

void World::declare() {
  incident::Declared declared;
  declared.incident = incident_;
  declared.label = "SIM";
  declared.playbook_file = "small.yaml";
  declared.playbook = hospital_.playbook.source_text;
  declared.identity = organisation_.public_identity();
  declared.organisation_keys = organisation_.public_identity();
  const roster::Rota rota =
      plant_ == Plant::on_call_is_lost ? roster::Rota{} : hospital_.staff.rota;
  if (!mandate_.allows(machine_.now())) machine_.put_right();  // or nothing can be declared
  const Instant now = machine_.now();
  roster::Membership devices = hospital_.membership(now);
  View view{kept_, mandate_};
  incident::Ledger ledger{view};
  ledger.add(now, "control", std::move(declared));
  ledger.add(now, "control",
             incident::RosterTaken{roster::encode(hospital_.staff.roster), roster::encode(rota)});
  ledger.add(
      now, "control",
      incident::MembershipTaken{roster::sign_membership(devices, organisation_.signing, now)});
  if (trouble_.home_says_channels)
    ledger.add(now, "control", incident::ChannelsTaken{hospital_.channels});
  ledger.commit();
  desk_.emplace(kept_, mandate_);
  commander_.emplace(
      Commander::Room{*desk_, hospital_, people_, diary_, trouble_, clock_, machine_},
      random_.fork(commander_stream));
  switchboard_.emplace(Switchboard::Room{*desk_, hospital_, people_, diary_, mandate_.certificate(),
                                         trouble_, clock_, machine_},
                       plant_, random_.fork(switchboard_stream));
  second_words_.emplace(SecondWords::Room{*desk_, hospital_, relay_, diary_, clock_, machine_},
                        trouble_, incident_, random_.fork(second_words_stream));
}

void World::start() {
  driver_.reset();
  ledger_.emplace(drivers_view_);
  driver_.emplace(driver_of(*ledger_));
  drivers_view_.is_replaced = false;
  driver_->drive_by({drivers_view_.in_force, [this] {
                       if (drivers_view_.is_replaced) throw journal::Superseded();
                     }});
}

void World::find_wrong(std::string what) {
  if (wrong_.empty()) wrong_ = std::move(what);
}

void World::turn_until_quiet(incident::Driver& driver) {
  for (int turns = 0; turns < kMostTurns; ++turns)
    if (!driver.turn(base::Milliseconds{0})) return;
  find_wrong("the driver does not come to rest");
}

// False when the journal refuses what the machine's clock says: it stays as it is, and whoever
// drives is told the way out and tries again.
bool World::may_turn(incident::Driver& driver) {
  try {
    turn_until_quiet(driver);
    return true;
  } catch (const journal::Superseded&) {
    throw;
  } catch (const base::Fault& fault) {
    if (mandate_.allows(machine_.now())) throw;
    if (fault.hint().find("set the clock right") == std::string::npos)
      find_wrong("nothing is recorded at this time, and nobody is told the way out");
    checker_.notices_clock = false;  // it is not running while the clock is changed
    return false;
  }
}

void World::drive() {
  for (;;) {
    try {
      if (!driver_) start();
      if (!may_turn(*driver_)) {
        driver_.reset();
        ledger_.reset();
      }
      return;
    } catch (const Killed&) {
      ++deaths_;
      driver_.reset();
      ledger_.reset();
    } catch (const journal::Superseded&) {  // it ends, and somebody begins another
      driver_.reset();
      ledger_.reset();
    }
  }
}

// What others do between a decision of the driver and its append.
void World::meanwhile() {
  if (is_nested_) return;
  is_nested_ = true;
  if (races_.contains(drivers_view_.appends)) commander_->give_an_order();
  if (hangs_at_ && drivers_view_.appends >= *hangs_at_) {
    hangs_at_.reset();
    another_drives();
  }
  is_nested_ = false;
}

// The driver hangs, and another process takes its place; then the first one goes on where it was.
void World::another_drives() {
  hung_ = true;
  ++drivers_view_.in_force.number;
  drivers_view_.is_replaced = true;
  View view{kept_, mandate_};
  incident::Ledger ledger{view};
  std::optional<incident::Driver> driver;
  const Instant until = clock_.now() + kHangs;
  do {
    others_act();
    if (!driver) driver.emplace(driver_of(ledger));
    const bool may_look = may_turn(*driver);
    people_look();
    if (may_look) {
      find_wrong(checker_.look(ledger.state(), checkers_view_));
    } else {
      ledger.start_over();
      driver.reset();
    }
  } while (wrong_.empty() && advance(driver, until));
}

// Words that a messenger brings. Whoever has no device can read a question there, and answers when
// they are rung.
void World::deliver_words() {
  for (const Post::Letter& letter : threema_post_.arrive()) {
    diary_.hears(letter.person, letter.id, letter.words, clock_.now());
    const State& state = desk_->state();
    const auto index = state.message_index(letter.id);
    if (!index) continue;  // the checker says so
    const incident::Message& message = state.messages[*index];
    if (message.asks() && !hospital_.has_device[letter.person]) continue;
    people_.hear(letter.person, incident::notice_for(state, message, mandate_.certificate()),
                 clock_.now());
  }
  sms_post_.arrive();  // says nothing: whoever is nudged looks at their device, as all do
}

void World::certify_anew() {
  checker_.read(checkers_view_);  // what there is was appended under the old certificate
  mandate_.renew();
}

void World::others_act() {
  machine_.act();
  if (mandate_.is_due()) certify_anew();
  crowd_.act();
  second_words_->act();
  commander_->act();
  switchboard_->act();
  deliver_words();
  people_.act(clock_.now());
  if (plant_ != Plant::nothing && mischief_.chance(0.1))
    misbehave(plant_, *desk_, diary_, machine_.now());
}

void World::people_look() {
  for (std::size_t p = 0; p < hospital_.size(); ++p) people_.notify(p, clock_.now());
  people_.act(clock_.now());
}

std::optional<Instant> World::next_event(const std::optional<incident::Driver>& driver) const {
  std::optional<Instant> next = people_.next();
  std::optional<Instant> turn = clock_.now() + kTriesAgain;
  if (driver) {
    const auto wake = driver->wake();
    turn = wake ? std::optional{machine_.true_time_of(*wake)} : std::nullopt;
  }
  for (const auto& other :
       {turn, mandate_.next(), second_words_->next(), relay_.next(), threema_post_.next(),
        sms_post_.next(), machine_.next(), crowd_.next(), commander_->next(), switchboard_->next()})
    if (other && (!next || *other < *next)) next = other;
  // What has come waits until somebody collects it.
  return driver || *next > clock_.now() ? next : turn;
}

// To the next thing that happens. False when that is after the end.
bool World::advance(const std::optional<incident::Driver>& driver, Instant end) {
  const Instant before = clock_.now();
  const auto next = next_event(driver);
  if (!next || *next > end) {
    clock_.set(std::max(before, end));
    return false;
  }
  clock_.set(std::max(*next, before));
  // Now and then the machine sleeps and wakes too late.
  if (!late_wakes_.empty() && late_wakes_.back() <= clock_.now()) {
    late_wakes_.pop_back();
    clock_.advance(kOverslept);
  }
  standing_still_ = clock_.now() == before ? standing_still_ + 1 : 0;
  if (standing_still_ > kMostAtOnce) find_wrong("the night stands still");
  return true;
}

void World::look() {
  if (ledger_)
    find_wrong(checker_.look(ledger_->state(), checkers_view_));
  else
    checker_.read(checkers_view_);
  if (drivers_view_.appends_replaced) find_wrong("a driver that was replaced appends");
  if (drivers_view_.longest > kMostEvents * hospital_.size())
    find_wrong("one turn has too many events");
}

std::string World::play() {
  const Instant end = clock_.now() + trouble_.lasts;
  declare();
  do {
    others_act();
    drive();
    people_look();
    look();
  } while (wrong_.empty() && advance(driver_, end));
  if (wrong_.empty()) find_wrong(check_end());
  return wrong_;
}

std::string World::story() {
  std::string out;
  std::uint64_t number = 0;
  kept_.read_after(0, [&](const journal::Entry& entry) {
    const auto event = incident::decode_event(entry.body);
    if (event) out += fmt::format("{} {}\n", ++number, incident::to_json(*event).dump());
  });
  for (const Heard& heard : diary_.heard())
    out += fmt::format("{} {} heard {}: {}\n", base::to_rfc3339(heard.at),
                       hospital_.id(heard.person).str(), seal::to_text(heard.message), heard.words);
  for (std::size_t p = 0; p < hospital_.size(); ++p)
    for (const Said& said : diary_.said_by(p))
      out += fmt::format("{} {} said {}{}\n", base::to_rfc3339(said.at), hospital_.id(p).str(),
                         incident::to_text(said.answer), said.by_device ? "" : " aloud");
  return out;
}

// A process that starts now must have the same state as the running one and add no event. Every
// decision must have been sent, and every answer that is gone accounted for.
std::string World::check_end() {
  if (!ledger_) {  // the night goes on once the clock is right
    machine_.put_right();
    if (!mandate_.allows(machine_.now())) certify_anew();
  }
  others_act();
  drive();
  driver_->settle();
  people_look();
  if (std::string wrong = checker_.look(ledger_->state(), checkers_view_); !wrong.empty())
    return wrong;
  const Record& record = checker_.record();
  if (deaths_ == 0 && !hung_ && relay_.forgotten() != record.answers_by_device() + record.refused())
    return fmt::format("{} answers were taken, {} counted and {} refused", relay_.forgotten(),
                       record.answers_by_device(), record.refused());
  View view{kept_, mandate_};
  incident::Ledger again{view};
  if (digest(again.state()) != digest(ledger_->state())) return "a restart gives another state";
  incident::Stepper stepper{recourses_};
  base::SeededRandom ids{99};
  const incident::Step step = stepper.step(again.state(), machine_.now(), ids);
  if (!step.events.empty())
    return fmt::format("a restart decides something else: {}",
                       incident::to_json({machine_.now(), {}, step.events.front()}).dump());
  for (const incident::Message& message : again.state().messages)
    if (message.channel.str() == "relay" && !message.receipt && !message.closed)
      return "a message was forgotten";
  return "";
}

}  // namespace tocsin::simulation
