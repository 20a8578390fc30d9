#include "screen/incident/switchboard.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "control/driving.h"
#include "control/people.h"
#include "incident/coordinator/switchboard.h"
#include "incident/loop/telling.h"
#include "incident/state/reach.h"
#include "screen/incident/call_sheet.h"
#include "screen/paragraph.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using base::Instant;
using control::Session;
using incident::Answer;
using incident::Call;
using incident::PersonIndex;
using incident::State;

constexpr char kEscape = '\x1b';
constexpr char kErase = '\x7f';
// How long an operator waits, in tenths of a second, for the driving process to find a post for the
// person on the line.
constexpr int kTenthsForAPlace = 15;

}  // namespace

void note_numbers(Output& out, Session& session, const incident::Order& order) {
  try {
    control::note_numbers(session.home(), session.keys().store, session.state(), order,
                          session.random());
  } catch (const Fault& fault) {
    out.note(fmt::format("the journal has it, and the roster has not: {}", fault.what()));
  }
}

namespace {

// Nobody is rung with words of the night after its end. When no process drives, this one decides
// who hears of the end.
void write_the_end(Session& session, const base::Clock& clock) {
  session.ledger().catch_up();
  if (incident::hears_of_the_end_later(session.state()) && !session.is_driven())
    control::settle_undriven(session, clock);
}

}  // namespace

std::optional<Call> take_call(Session& session, const base::Clock& clock) {
  std::optional<Call> taken;
  write_the_end(session, clock);
  session.carry_out([&](const State& state) {
    incident::TakenCall next = incident::take_call(state, clock.now());
    taken = std::move(next.call);
    return std::move(next.order);
  });
  return taken;
}

Switchboard::Switchboard(Output& out, Session& session, const base::Clock& clock)
    : out_(out), session_(session), clock_(clock), terminal_(Page::scroll, Keys::single) {}

Exit Switchboard::work() {
  while (!stopped_) {
    const auto call = take_call(session_, clock_);
    if ((call ? handle(*call) : wait_for_calls()) == Next::leave) break;
  }
  session_.ledger().catch_up();
  const auto left = incident::calls(session_.state(), clock_.now(), incident::Taken::keep).size();
  out_.line(left == 0 ? "nobody waits to be rung" : fmt::format("{} still to be rung", left));
  return left == 0 ? Exit::done : Exit::not_reached;
}

Switchboard::Next Switchboard::wait_for_calls() {
  out_.line("nobody waits to be rung; " + undo_key() + "q leaves");
  out_.flush();
  for (;;) {
    const Heard heard = terminal_.wait(base::Milliseconds{200});
    if (heard.stop || heard.key == 'q') return Next::leave;
    if (heard.key == 'u' && last_) return ring_last_again();
    write_the_end(session_, clock_);
    if (!incident::calls(session_.state(), clock_.now()).empty()) return Next::go_on;
  }
}

Switchboard::Next Switchboard::handle(const Call& call) {
  const auto waiting = incident::calls(session_.state(), clock_.now()).size();
  terminal_.forget_keys();
  out_.line("");
  for (const std::string& line : call_lines(out_, session_.state(), call)) out_.line(line);
  if (waiting > 0) out_.line(out_.paint(Paint::dim, fmt::format("{} more after this", waiting)));
  for (;;) {
    out_.line((call.asks ? "y coming  l later  o if short  n no  x no answer  w wrong number  "
                         : "t told  n cannot come  x no answer  w wrong number  ") +
              undo_key() + "q leave");
    out_.flush();
    const auto key = read_key((call.asks ? "ylonxwq" : "tnxwq") + std::string{last_ ? "u" : ""});
    const bool leaves = !key || *key == 'q';
    const bool undoes = key == 'u';
    if (!leaves && !undoes && !take(call, *key)) continue;
    session_.carry_out([&](const State& state) {
      return incident::and_hang_up({}, state, call.person, call.number);
    });
    if (undoes) return ring_last_again();
    if (leaves) return Next::leave;
    const bool answered = std::string_view{"ylon"}.find(*key) != std::string_view::npos;
    last_ = {call, answered     ? incident::Noted::answer
                   : key == 'w' ? incident::Noted::wrong_number
                                : incident::Noted::outcome};
    return Next::go_on;
  }
}

std::string Switchboard::undo_key() const {
  if (!last_) return "";
  return fmt::format("u undo: {} again  ",
                     base::printable(session_.state().roster[last_->call.person].name));
}

Switchboard::Next Switchboard::ring_last_again() {
  const Last last = *std::exchange(last_, std::nullopt);
  try {
    carry_out([&](const State& state) {
      return incident::ring_again(state, last.call, last.noted, clock_.now(), session_.random());
    });
  } catch (const Fault& fault) {
    if (fault.exit() != Exit::usage) throw;
    out_.line(fmt::format("{}: {}", fault.what(), fault.hint()));
  }
  if (!incident::call_for(session_.state(), last.call.person, clock_.now())) return Next::go_on;
  const auto call = take_words_for(last.call.person, 0);
  if (call) return handle(*call);
  out_.line(fmt::format("{}: another operator rings them now",
                        base::printable(session_.state().roster[last.call.person].name)));
  return Next::go_on;
}

// What waits to be said to somebody, unless another operator rings them. With `own`, in the call
// with that number.
std::optional<Call> Switchboard::take_words_for(PersonIndex person, std::uint64_t own) {
  std::optional<Call> taken;
  session_.carry_out([&](const State& state) {
    taken.reset();
    const auto call = incident::call_for(state, person, clock_.now());
    if (!call || (own != 0 && call->asks)) return incident::Order{};
    incident::TakenCall given = incident::hand_out(state, *call, clock_.now(), own);
    taken = std::move(given.call);
    return std::move(given.order);
  });
  return taken;
}

// True when this call is done with.
bool Switchboard::take(const Call& call, char key) {
  try {
    return do_key(call, key);
  } catch (const Fault& fault) {
    if (fault.exit() != Exit::usage) throw;
    out_.line(fmt::format("{}: {}", fault.what(), fault.hint()));
    out_.flush();
    return false;
  }
}

bool Switchboard::do_key(const Call& call, char key) {
  switch (key) {
    case 'y':
    case 'l':
    case 'o':
      if (!take_answer(call, key)) return false;
      tell_consequences(call);
      return true;
    case 'n':
      record(call, {Answer::no, std::nullopt});
      return true;
    case 't':
      carry_out(
          [&](const State& state) { return incident::said(state, call.person, {call.number}); });
      return true;
    default:
      not_reached(call, key == 'w' ? incident::kWrongNumber : incident::kNoAnswer);
      return true;
  }
}

// False when the operator backed out.
bool Switchboard::take_answer(const Call& call, char key) {
  const State& state = session_.state();
  if (key == 'o') {
    record(call, {Answer::last_resort, std::nullopt});
    return true;
  }
  if (key == 'y')
    return take_time(call, {Answer::coming, "minutes until they are here",
                            std::to_string(state.roster[call.person].travel.count()),
                            "type minutes within a day, such as 25 or 1h30"});
  const auto& shifts = state.playbook.shifts;
  const Instant next = state.at(shifts.size() > 1 ? shifts[1].from : shifts[0].until);
  return take_time(call, {Answer::later, "from when", base::local_clock(next),
                          "type a time within 7 days, such as 07:00 or Sunday 07:00"});
}

// Asks until a time can be recorded. False when the operator backed out.
bool Switchboard::take_time(const Call& call, const TimeQuestion& question) {
  for (;;) {
    const auto typed = read_line(question.prompt, question.usual);
    if (!typed) return false;
    const bool coming = question.answer == Answer::coming;
    try {
      record(call, incident::reply_of(question.answer, coming ? *typed : "", coming ? "" : *typed,
                                      clock_.now()));
      return true;
    } catch (const Fault& fault) {
      if (fault.exit() != Exit::usage) throw;
      out_.line(fmt::format("\"{}\" is not recorded: {}; Escape goes back", base::printable(*typed),
                            question.form));
    }
  }
}

void Switchboard::record(const Call& call, const incident::Reply& reply) {
  const Instant now = clock_.now();
  carry_out([&](const State& state) {
    return incident::answered(state, call.person, reply, {call.number}, now, session_.random());
  });
}

// The driving process finds a post for them within a moment. When there is none, this command
// decides, and the next driving process sends.
void Switchboard::tell_consequences(const Call& before) {
  const PersonIndex person = before.person;
  if (session_.is_driven()) {
    for (int tenth = 0; tenth < kTenthsForAPlace; ++tenth) {
      session_.ledger().catch_up();
      if (incident::call_for(session_.state(), person, clock_.now())) break;
      if (terminal_.wait(base::Milliseconds{100}).stop) stopped_ = true;
    }
  } else {
    control::settle_undriven(session_, clock_);
  }
  const auto call = take_words_for(person, before.number);
  if (!call) return;
  terminal_.forget_keys();
  for (const std::string& words : incident::words_for(session_.state(), *call))
    for (const std::string& line : paragraph("say: " + base::printable(words), out_.columns(), 5))
      out_.line(out_.paint(Paint::bold, line));
  out_.line("t told   x they have hung up");
  out_.flush();
  const auto key = read_key("tx");
  if (key == 't')
    carry_out([&](const State& state) { return incident::said(state, person, {call->number}); });
}

std::optional<char> Switchboard::read_key(std::string_view allowed) {
  while (!stopped_) {
    const Heard heard = terminal_.wait(base::Milliseconds{1'000});
    stopped_ = heard.stop;
    if (heard.key && allowed.find(*heard.key) != std::string_view::npos) return heard.key;
  }
  return std::nullopt;
}

std::optional<std::string> Switchboard::read_line(const std::string& prompt,
                                                  const std::string& usual) {
  constexpr std::size_t kMost = 40;
  std::string typed;
  out_.text(fmt::format("{} [{}]: ", prompt, usual));
  out_.flush();
  while (!stopped_) {
    const Heard heard = terminal_.wait(base::Milliseconds{1'000});
    stopped_ = heard.stop;
    if (!heard.key) continue;
    const char key = *heard.key;
    if (key == '\n' || key == '\r' || key == kEscape) {
      if (key == kEscape) terminal_.forget_keys();  // an arrow key is Escape and letters
      out_.line("");
      out_.flush();
      if (key == kEscape) return std::nullopt;
      return typed.empty() ? usual : typed;
    }
    if ((key == kErase || key == '\b') && !typed.empty()) {
      typed.pop_back();
      out_.text("\b \b");
    } else if (key >= ' ' && key <= '~' && typed.size() < kMost) {
      typed += key;
      out_.text(std::string_view{&key, 1});
    }
    out_.flush();
  }
  return std::nullopt;
}

void Switchboard::not_reached(const Call& call, std::string_view outcome) {
  carry_out([&](const State& state) {
    return incident::unanswered(state, call.person, outcome, {call.number});
  });
}

void Switchboard::carry_out(const Session::Make& make) {
  session_.ledger().catch_up();
  const incident::Order order = session_.carry_out(make);
  note_numbers(out_, session_, order);
  out_.line(base::printable(order.said));
  out_.flush();
}

}  // namespace tocsin::cli
