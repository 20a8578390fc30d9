#include "switchboard.h"

#include <fmt/format.h>

#include "base/text.h"
#include "incident/loop/drive.h"
#include "incident/state/reach.h"
#include "screen/paragraph.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using base::Instant;
using incident::Answer;
using incident::Call;
using incident::Order;
using incident::PersonIndex;
using incident::State;

constexpr char kEscape = '\x1b';
constexpr char kErase = '\x7f';
// How long an operator waits for whoever drives to find a place for the person on the line.
constexpr int kTenthsForAPlace = 15;

std::optional<Call> call_for(const State& state, PersonIndex person, Instant now) {
  for (const Call& call : incident::calls(state, now, incident::Taken::keep))
    if (call.person == person) return call;
  return std::nullopt;
}

}  // namespace

std::optional<Call> take_call(const Context& context, Session& session) {
  std::optional<Call> taken;
  session.ledger().catch_up();
  session.carry_out(context, [&](const State& state) -> Order {
    const Instant now = context.clock.now();
    const auto waiting = incident::calls(state, now);
    taken = waiting.empty() ? std::nullopt : std::optional{waiting.front()};
    if (!taken) return {};
    return {{incident::PhoneTaken{state.roster[taken->person].id, now + incident::kCallTerm}}, ""};
  });
  return taken;
}

std::vector<std::string> call_lines(const Output& out, const State& state, const Call& call) {
  const roster::Responder& row = state.roster[call.person];
  const bool real = state.declared.realness == seal::Realness::real;
  std::vector<std::string> lines;
  lines.push_back(fmt::format(
      "{}  {}", out.paint(real ? Paint::real : Paint::exercise, real ? " REAL " : " EXERCISE "),
      base::printable(state.declared.label)));
  lines.push_back(
      fmt::format("{}  {}", out.paint(Paint::bold, base::printable(row.name)),
                  base::printable(fmt::format(
                      "{}  {}", row.role.str(),
                      state.people[call.person].phone_tries > 0 ? "(rung before)" : ""))));
  lines.push_back(out.paint(Paint::bold, base::printable(incident::number_of(state, call.person))));
  for (const std::string& words : incident::words_for(state, call))
    for (std::string& line : paragraph("say: " + base::printable(words), out.columns(), 5))
      lines.push_back(std::move(line));
  return lines;
}

incident::Reply reply_of(Answer answer, const std::string& eta, const std::string& from,
                         Instant now) {
  incident::Reply reply{answer, std::nullopt};
  if (!eta.empty()) {
    const auto minutes = base::parse_minutes(eta);
    if (!minutes || answer != Answer::coming)
      throw Fault(Exit::usage, "--eta is how long somebody who is coming needs", "--eta 25");
    reply.when = now + *minutes;
  }
  if (!from.empty()) {
    reply.when = base::parse_when(from, now);
    if (!reply.when || answer != Answer::later)
      throw Fault(Exit::usage, "--from is when somebody who says \"later\" can come",
                  "--from 07:00, or --from \"Sunday 07:00\"");
  }
  return reply;
}

Order unanswered(const State& state, PersonIndex person, std::string_view reason) {
  const incident::Person& row = state.people[person];
  const bool last =
      reason == incident::kWrongNumber || row.phone_tries + 1 >= incident::kMostPhoneTries;
  return {{incident::PhoneUnanswered{state.roster[person].id, std::string{reason}}},
          fmt::format("{}: {}; {}", state.roster[person].name, reason,
                      last ? "not rung again" : "rung again after the others")};
}

Order said(const State& state, PersonIndex person) {
  auto events = incident::told(state, person);
  const std::string& name = state.roster[person].name;
  if (events.empty()) return {{}, fmt::format("nothing waits to be said to {}", name)};
  return {std::move(events), fmt::format("{} was told", name)};
}

Switchboard::Switchboard(Context& context, Session& session)
    : context_(context), session_(session), terminal_(Page::scroll, Keys::single) {}

Exit Switchboard::work() {
  while (!stopped_) {
    const auto call = take_call(context_, session_);
    if ((call ? handle(*call) : wait_for_calls()) == Next::leave) break;
  }
  session_.ledger().catch_up();
  const auto left =
      incident::calls(session_.state(), context_.clock.now(), incident::Taken::keep).size();
  context_.out.line(left == 0 ? "nobody waits to be rung"
                              : fmt::format("{} still to be rung", left));
  return left == 0 ? Exit::done : Exit::not_reached;
}

Switchboard::Next Switchboard::wait_for_calls() {
  context_.out.line("nobody waits to be rung; q leaves");
  context_.out.flush();
  for (;;) {
    const Heard heard = terminal_.wait(base::Milliseconds{200});
    if (heard.stop || heard.key == 'q') return Next::leave;
    session_.ledger().catch_up();
    if (!incident::calls(session_.state(), context_.clock.now()).empty()) return Next::go_on;
  }
}

Switchboard::Next Switchboard::handle(const Call& call) {
  Output& out = context_.out;
  const auto waiting = incident::calls(session_.state(), context_.clock.now()).size();
  out.line("");
  for (const std::string& line : call_lines(out, session_.state(), call)) out.line(line);
  if (waiting > 0) out.line(out.paint(Paint::dim, fmt::format("{} more after this", waiting)));
  out.line(call.asks ? "y coming  l later  o if short  n no  x no answer  w wrong number  q leave"
                     : "t told  n cannot come  x no answer  w wrong number  q leave");
  out.flush();
  for (;;) {
    const auto key = read_key(call.asks ? "ylonxwq" : "tnxwq");
    if (!key || *key == 'q') {
      give_back(call.person);
      return Next::leave;
    }
    if (take(call, *key)) return Next::go_on;
  }
}

bool Switchboard::take(const Call& call, char key) {
  const PersonIndex person = call.person;
  const Instant now = context_.clock.now();
  const auto answer = [&](const incident::Reply& reply) {
    carry_out([&](const State& state) {
      return incident::reply_for(state, person, reply, incident::kPhone, now, session_.random());
    });
  };
  try {
    switch (key) {
      case 'y': {
        const std::string usual = std::to_string(session_.state().roster[person].travel.count());
        const auto eta = read_line("minutes until they are here", usual);
        if (!eta) return false;
        answer(reply_of(Answer::coming, *eta, "", now));
        break;
      }
      case 'l': {
        const State& state = session_.state();
        const auto& shifts = state.playbook.shifts;
        const Instant next = state.at(shifts.size() > 1 ? shifts[1].from : shifts[0].until);
        const auto from = read_line("from when", base::local_clock(next));
        if (!from) return false;
        answer(reply_of(Answer::later, "", *from, now));
        break;
      }
      case 'o':
        answer({Answer::last_resort, std::nullopt});
        break;
      case 'n':
        answer({Answer::no, std::nullopt});
        return true;
      case 't':
        carry_out([&](const State& state) { return said(state, person); });
        return true;
      case 'w':
        carry_out(
            [&](const State& state) { return unanswered(state, person, incident::kWrongNumber); });
        return true;
      default:
        carry_out(
            [&](const State& state) { return unanswered(state, person, incident::kNoAnswer); });
        return true;
    }
  } catch (const Fault& fault) {
    if (fault.exit() != Exit::usage) throw;
    context_.out.line(fmt::format("{}: {}", fault.what(), fault.hint()));
    context_.out.flush();
    return false;
  }
  tell_consequences(person);
  return true;
}

// Whoever drives finds a place for them within a moment; when nobody does, this command decides and
// leaves the sending to the next who drives.
void Switchboard::tell_consequences(PersonIndex person) {
  if (session_.is_driven(context_.clock)) {
    for (int tenth = 0; tenth < kTenthsForAPlace; ++tenth) {
      session_.ledger().catch_up();
      if (call_for(session_.state(), person, context_.clock.now())) break;
      if (terminal_.wait(base::Milliseconds{100}).stop) stopped_ = true;
    }
  } else if (const auto key = session_.home().incident_key(session_.state().declared.incident,
                                                           session_.keys())) {
    const incident::SealedEnvelopes envelopes(session_.keys().coordinator.signing, key->opening);
    incident::Driver(session_.ledger(), {}, envelopes, session_.keys().certificate, context_.clock,
                     session_.random())
        .settle();
  }
  const auto call = call_for(session_.state(), person, context_.clock.now());
  if (!call || call->asks) return;
  for (const std::string& words : incident::words_for(session_.state(), *call))
    for (const std::string& line :
         paragraph("say: " + base::printable(words), context_.out.columns(), 5))
      context_.out.line(context_.out.paint(Paint::bold, line));
  context_.out.line("t told   x they have hung up");
  context_.out.flush();
  const auto key = read_key("tx");
  if (key == 't') carry_out([&](const State& state) { return said(state, person); });
}

void Switchboard::give_back(PersonIndex person) {
  session_.carry_out(context_, [&](const State& state) -> Order {
    return {{incident::PhoneTaken{state.roster[person].id, context_.clock.now()}}, ""};
  });
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
  context_.out.text(fmt::format("{} [{}]: ", prompt, usual));
  context_.out.flush();
  while (!stopped_) {
    const Heard heard = terminal_.wait(base::Milliseconds{1'000});
    stopped_ = heard.stop;
    if (!heard.key) continue;
    const char key = *heard.key;
    if (key == '\n' || key == '\r' || key == kEscape) {
      context_.out.line("");
      context_.out.flush();
      if (key == kEscape) return std::nullopt;
      return typed.empty() ? usual : typed;
    }
    if ((key == kErase || key == '\b') && !typed.empty()) {
      typed.pop_back();
      context_.out.text("\b \b");
    } else if (key >= ' ' && key <= '~' && typed.size() < kMost) {
      typed += key;
      context_.out.text(std::string_view{&key, 1});
    }
    context_.out.flush();
  }
  return std::nullopt;
}

void Switchboard::carry_out(const Session::Make& make) {
  session_.ledger().catch_up();
  context_.out.line(base::printable(session_.carry_out(context_, make).said));
  context_.out.flush();
}

}  // namespace tocsin::cli
