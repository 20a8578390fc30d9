#include "incident/loop/drive.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "incident/loop/send.h"

namespace tocsin::incident {

namespace {

using base::Instant;

// Each takes about 75 us, so a reply that comes meanwhile waits 5 ms.
constexpr int kPreparedAtOnce = 64;

// When the decisions did not settle, people are placed again after this time. Assumed.
constexpr base::Minutes kBetweenAttempts{1};

// Clocks are put right by less all the time, and the ways in which time is measured differ by less.
constexpr base::Minutes kClockStep{1};

// What a channel holds back goes when there is room, and is offered no more often than that.
constexpr base::Milliseconds kBetweenHeld{1'000};

// The time between two events of one reason. Assumed.
constexpr base::Minutes kBetweenRefusals{1};

bool is_settled(contact::Receipt receipt) {
  return receipt != contact::Receipt::failed_for_now && receipt != contact::Receipt::unknown;
}

// Whether a receipt says something new. A late or repeated one does not: otherwise a relay that
// repeats it for ever would fill the journal.
bool is_news(std::optional<contact::Receipt> known, contact::Receipt said) {
  if (!known || !is_settled(*known) || !is_settled(said)) return known != said;
  return said > *known;
}

}  // namespace

Driver::Driver(Ledger& ledger, std::vector<channel::Channel*> channels, const Envelopes& envelopes,
               const seal::Certificate& caller, const base::Clock& clock, base::Random& ids,
               callout::Recourses recourses, int most_steps)
    : ledger_(ledger),
      channels_(std::move(channels)),
      envelopes_(envelopes),
      caller_(caller),
      clock_(clock),
      ids_(ids),
      recourses_(std::move(recourses)),
      most_steps_(most_steps),
      stepper_(recourses_),
      generation_(ledger.generation()) {}

bool Driver::turn(base::Milliseconds patience) {
  const bool may_wait = patience.count() > 0;
  std::vector<Heard> heard;
  bool any = false;
  if (preparing_) patience = base::Milliseconds{0};
  for (channel::Channel* channel : channels_) {
    // Only the first channel waits; messages of the others arrive meanwhile.
    heard.push_back({channel, channel->collect(heard.empty() ? patience : base::Milliseconds{0})});
    any = any || heard.back().collected.has_any();
  }
  if (ledger_.is_behind() || ledger_.journal().has_news()) {
    ledger_.catch_up();
    any = true;
  }
  any = decide(heard, Tell::due) || any;
  // A transport copy may be deleted when it is in the journal, and not before (lib/README.md, rule
  // 7).
  for (const Heard& h : heard)
    if (h.collected.has_any()) {
      right_.confirm();
      h.from->acknowledge(h.collected.cursor);
    }
  any = send_due() || any;
  preparing_ = may_wait && !any && prepare_some();
  return any;
}

void Driver::settle() { decide({}, Tell::all); }

void Driver::start_over_if_folded_anew() {
  if (generation_ == ledger_.generation()) return;
  generation_ = ledger_.generation();
  step_as(steps_);
}

void Driver::step_as(Steps steps) {
  steps_ = steps;
  stepper_ = Stepper{recourses_, steps == Steps::all ? Placing::on : Placing::off};
}

// How far the clock was set since the last turn: it has gone on by more or less than time has
// passed.
void Driver::notice_clock() {
  const Reading now{clock_.now(), clock_.steady()};
  if (read_) {
    const base::Milliseconds moved = (now.clock - read_->clock) - (now.steady - read_->steady);
    if (std::chrono::abs(moved) >= kClockStep) moved_ += moved;
  } else {
    back_ = ledger_.state().clock.back;
  }
  read_ = now;
}

void Driver::look_at_clock() {
  ledger_.look_at_clock(clock_.now());
  if (!ledger_.state().is_declared()) return;
  // Of a step back, the journal has what came after the event before.
  const base::Milliseconds behind = -moved_ - (ledger_.state().clock.back - back_);
  if (moved_ >= kClockStep)
    ledger_.add(clock_.now(), "", ClockMeasured{static_cast<std::uint64_t>(moved_.count()), 0});
  else if (moved_ <= -kClockStep && behind >= kClockStep)
    ledger_.add(clock_.now(), "", ClockMeasured{0, static_cast<std::uint64_t>(behind.count())});
}

bool Driver::decide(const std::vector<Heard>& heard, Tell tell) {
  notice_clock();
  if (unsettled_until_ && clock_.steady() >= *unsettled_until_) {
    unsettled_until_.reset();
    step_as(Steps::all);
  }
  bool decided = false;
  const auto refused_before = refused_;
  do {
    const auto hear = [&] {
      start_over_if_folded_anew();
      refused_ = refused_before;
      look_at_clock();
      for (const Receipted& receipt : receipts_) ledger_.add(clock_.now(), "", receipt);
      for (const Heard& h : heard) take_in(h);
      tell_refusals(tell);
    };
    hear();
    while (!settles()) {
      unsettled_until_ = clock_.steady() + kBetweenAttempts;
      steps_ = steps_ == Steps::all ? Steps::without_placing : Steps::none;
      ledger_.start_over();
      hear();
      flag_unsettled();
    }
    if (unsettled_until_) {
      const Instant again = clock_.now() + (*unsettled_until_ - clock_.steady());
      if (!wake_ || again < *wake_) wake_ = again;
    }
    decided = decided || ledger_.has_pending();
  } while (!ledger_.commit(right_.fence));
  receipts_.clear();
  moved_ = base::Milliseconds{0};
  back_ = ledger_.state().clock.back;
  return decided;
}

// Steps until nothing is left to do now. False when the decisions do not come to an end.
bool Driver::settles() {
  wake_.reset();
  if (steps_ == Steps::none) return true;  // what was heard is kept, and nothing is decided
  for (int steps = 0; steps < most_steps_; ++steps) {
    Step step = stepper_.step(ledger_.state(), clock_.now(), ids_);
    if (step.events.empty()) {
      wake_ = step.wake;
      return true;
    }
    for (Body& body : step.events) ledger_.add(clock_.now(), "", std::move(body));
  }
  return false;
}

// A bug of ours must not stop the night: for a while nobody new is placed, all else goes on, and
// the coordinator is told.
void Driver::flag_unsettled() {
  const std::vector<Prompt>& prompts = ledger_.state().prompts;
  if (std::any_of(prompts.begin(), prompts.end(), [](const Prompt& prompt) {
        return prompt.flag == Flag::unsettled && prompt.waits();
      }))
    return;
  ledger_.add(clock_.now(), "",
              Flagged{Flag::unsettled, "",
                      "the program cannot settle who goes where: look at this machine's clock, and "
                      "place people with \"tocsin assign\""});
}

void Driver::take_in(const Heard& heard) {
  for (const channel::Delivery& d : heard.collected.deliveries) {
    const auto index = ledger_.state().message_index(d.id);
    if (!index) continue;  // of another incident
    if (!is_news(ledger_.state().messages[*index].receipt, d.receipt)) continue;
    ledger_.add(clock_.now(), "", Receipted{d.id, d.receipt, d.reason});
  }
  for (const channel::Incoming& message : heard.collected.messages)
    take_in_message(*heard.from, message);
  for (const channel::Said& said : heard.collected.said)
    take_in_judged(
        judge(ledger_.state(), ChannelId{heard.from->name()}, said, clock_.now(), zone_));
}

void Driver::refuse(std::string_view reason) { ++refused_[std::string{reason}].untold; }

bool Driver::Refusals::is_told_lately(Instant now) const {
  return told && *told <= now && now < *told + kBetweenRefusals;
}

void Driver::tell_refusals(Tell tell) {
  const Instant now = clock_.now();
  for (auto& [reason, refusals] : refused_) {
    if (refusals.untold == 0 || (tell == Tell::due && refusals.is_told_lately(now))) continue;
    ledger_.add(now, "", Refused{reason, std::exchange(refusals.untold, 0)});
    refusals.told = now;
  }
}

std::optional<Instant> Driver::wake() const noexcept {
  std::optional<Instant> wake = wake_;
  for (const auto& [reason, refusals] : refused_)
    if (refusals.untold > 0 && (!wake || *refusals.told + kBetweenRefusals < *wake))
      wake = *refusals.told + kBetweenRefusals;
  if (next_send_ && (!wake || *next_send_ < *wake)) wake = next_send_;
  return wake;
}

void Driver::take_in_message(const channel::Channel& from, const channel::Incoming& message) {
  const auto result = envelopes_.open(message.content);
  if (const auto* rejection = std::get_if<seal::Rejection>(&result))
    return refuse(seal::to_text(*rejection));
  take_in_judged(
      judge(ledger_.state(), ChannelId{from.name()}, std::get<seal::Opened>(result), clock_.now()));
}

void Driver::take_in_judged(Judged judged) {
  if (std::holds_alternative<std::monostate>(judged)) return;
  if (const auto* reason = std::get_if<std::string_view>(&judged)) return refuse(*reason);
  if (auto* replied = std::get_if<Replied>(&judged))
    ledger_.add(clock_.now(), "", std::move(*replied));
  else
    ledger_.add(clock_.now(), "", std::get<WordsUnread>(std::move(judged)));
}

// Prepares envelopes for people who may still be asked or told something. True when there may be
// more to do.
bool Driver::prepare_some() {
  const State& state = ledger_.state();
  int left = state.has_ended() ? 0 : kPreparedAtOnce;
  for (; left > 0 && to_prepare_ < state.people.size(); ++to_prepare_)
    for (const std::uint32_t device : state.people[to_prepare_].devices)
      left -= envelopes_.prepare(state.membership->devices()[device].keys.seal) ? 1 : 0;
  return left <= 0 && !state.has_ended();
}

bool Driver::send_due() {
  const State& state = ledger_.state();
  const Instant now = clock_.now();
  std::map<channel::Channel*, std::vector<MessageIndex>> due;
  for (const auto& [when, index] : state.outbox) {
    if (when > now) break;
    const Message& message = state.messages[index];
    const auto channel =
        std::find_if(channels_.begin(), channels_.end(),
                     [&](const channel::Channel* c) { return c->name() == message.channel.str(); });
    if (message.expires <= now)
      receipts_.push_back({message.id, contact::Receipt::failed_for_good, "expired unsent"});
    else if (channel == channels_.end())
      receipts_.push_back({message.id, contact::Receipt::failed_for_good, "no such channel here"});
    else
      due[*channel].push_back(index);
  }
  if (!due.empty()) to_prepare_ = 0;
  next_send_.reset();
  const auto later = state.outbox.lower_bound({now + base::Milliseconds{1}, 0});
  if (later != state.outbox.end()) next_send_ = later->first;
  for (auto& [channel, messages] : due) send_by(*channel, std::move(messages));
  // The next turn makes the receipts durable with its own events. When the process dies before
  // that, the same messages are sent again under the same ids, and nobody takes them for new ones.
  return !receipts_.empty();
}

// What the channel does not take now stays due.
void Driver::send_by(channel::Channel& channel, std::vector<MessageIndex> messages) {
  const auto again_at = [this](Instant at) {
    if (!next_send_ || at < *next_send_) next_send_ = at;
  };
  const ChannelId name{std::string{channel.name()}};
  const channel::Room room = channel.room();
  if (messages.size() > room.messages) {
    messages.resize(room.messages);
    again_at(room.again);
  }
  if (messages.empty()) return;
  Breaker& breaker = breakers_[name];
  const base::Milliseconds steady = clock_.steady();
  messages.resize(breaker.allow(messages.size(), ledger_.state().rests(name), steady, ids_));
  if (breaker.next()) again_at(clock_.now() + (*breaker.next() - steady));
  if (messages.empty()) return;
  right_.confirm();
  auto sent = send(ledger_.state(), messages, channel, envelopes_, caller_);
  if (sent.size() < messages.size()) {  // the channel holds the others back
    const channel::Room left = channel.room();
    again_at(left.messages == 0 ? left.again : clock_.now() + kBetweenHeld);
  }
  std::move(sent.begin(), sent.end(), std::back_inserter(receipts_));
}

}  // namespace tocsin::incident
