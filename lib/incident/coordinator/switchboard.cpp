#include "incident/coordinator/switchboard.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "base/fault.h"
#include "base/text.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Exit;
using base::Fault;
using base::Instant;

constexpr int kForEachSeat = 3;

std::vector<int> open_seats(const State& state) {
  std::vector<int> missing(state.playbook.posts.size(), 0);
  for (const Slot& slot : state.slots) missing[slot.post] += slot.count;
  for (const Person& person : state.people)
    if (person.status == Status::assigned) --missing[state.slots[person.slot].post];
  return missing;
}

bool could_be_rung(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  return state.roster[index].is_active() && person.status == Status::free && !person.left &&
         person.answer == Answer::none && !person.was_asked() &&
         person.duty != roster::Duty::on_duty && person.duty != roster::Duty::absent &&
         can_reach(state, index, kPhone);
}

}  // namespace

std::optional<Call> call_for(const State& state, PersonIndex person, Instant now) {
  for (const Call& call : calls(state, now, Taken::keep))
    if (call.person == person) return call;
  return std::nullopt;
}

TakenCall take_call(const State& state, Instant now) {
  const auto waiting = calls(state, now);
  if (waiting.empty()) return {};
  return hand_out(state, waiting.front(), now);
}

TakenCall hand_out(const State& state, const Call& call, Instant now, std::uint64_t own) {
  if (is_taken(state.people[call.person], now, own)) return {};
  // The journal grows with each call that is given out, so no other call has this number.
  Call given = call;
  given.number = own != 0 ? own : state.events + 1;
  given.contact = state.contact_to_ring(call.person);
  CallGiven event{given.number, state.roster[call.person].id, given.contact, now + kCallTerm, {}};
  for (const MessageIndex index : call.messages) event.messages.push_back(state.messages[index].id);
  return {std::move(given), {{std::move(event)}, ""}};
}

Reply reply_of(Answer answer, const std::string& eta, const std::string& from, Instant now) {
  Reply reply{answer, std::nullopt};
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

namespace {

const GivenCall* find_call(const State& state, PersonIndex person, std::uint64_t number) {
  const auto& calls = state.people[person].calls;
  const auto found = std::find_if(calls.begin(), calls.end(),
                                  [&](const GivenCall& one) { return one.call == number; });
  return number == 0 || found == calls.end() ? nullptr : &*found;
}

void need_source(const State& state, PersonIndex person, const Source& source) {
  if (source.call == 0 && source.sheet == 0)
    throw Fault(Exit::usage, fmt::format("nobody was given {} to ring", state.roster[person].name),
                "\"tocsin phone --next\" gives out a call; by a printed sheet, name its number: "
                "--sheet 143");
}

// The messages of the source, but for questions and what the person was told before.
std::vector<MessageIndex> to_say(const State& state, PersonIndex person, const Source& source) {
  std::vector<MessageIndex> messages;
  if (const GivenCall* given = find_call(state, person, source.call)) messages = given->messages;
  if (source.sheet != 0)
    for (const MessageIndex index : state.people[person].messages)
      if (state.phone_list.contains(index) && state.messages[index].event <= source.sheet)
        messages.push_back(index);
  std::erase_if(messages, [&](MessageIndex index) {
    return state.messages[index].asks() || state.messages[index].receipt;
  });
  return messages;
}

std::vector<Body> receipts_for(const State& state, PersonIndex person, const Source& source) {
  std::vector<Body> events;
  for (const MessageIndex index : to_say(state, person, source))
    events.emplace_back(
        Receipted{state.messages[index].id, contact::Receipt::delivered, "said by telephone"});
  return events;
}

// The contact point that was rung.
std::uint64_t contact_of(const State& state, PersonIndex person, const Source& source) {
  if (const GivenCall* given = find_call(state, person, source.call)) return given->contact;
  return state.contact_to_ring(person, source.sheet);
}

// What becomes of the person's calls when this one was not answered.
std::string what_follows(const State& state, PersonIndex person, std::string_view outcome,
                         std::uint64_t contact) {
  if (outcome == kNoAnswer)
    return state.people[person].phone_tries + 1 < kMostPhoneTries ? "rung again after the others"
                                                                  : "not rung again";
  const auto& contacts = state.roster[person].contacts;
  const bool has_another =
      std::any_of(contacts.begin(), contacts.end(), [&](const roster::ContactPoint& point) {
        return point.channel == kPhone && point.is_usable() &&
               !state.is_wrong_number(person, point.address) &&
               (contact == 0 || point.address != contacts[contact - 1].address);
      });
  return has_another ? "another number of theirs is rung"
                     : "not rung again, because there is no other number";
}

}  // namespace

Order answered(const State& state, PersonIndex person, const Reply& reply, const Source& source,
               Instant now, base::Random& ids) {
  Order order = reply_for(state, person, reply, kPhone, now, ids);
  std::vector<Body> events = receipts_for(state, person, source);
  events.insert(events.end(), order.events.begin(), order.events.end());
  order.events = std::move(events);
  return order;
}

Order unanswered(const State& state, PersonIndex person, std::string_view outcome,
                 const Source& source) {
  need_source(state, person, source);
  const std::uint64_t contact = contact_of(state, person, source);
  return {{CallEnded{source.call, source.sheet, state.roster[person].id, contact,
                     std::string{outcome}}},
          fmt::format("{}: {}; {}", state.roster[person].name, outcome,
                      what_follows(state, person, outcome, contact))};
}

Order said(const State& state, PersonIndex person, const Source& source) {
  need_source(state, person, source);
  Order order{receipts_for(state, person, source), ""};
  const std::string& name = state.roster[person].name;
  order.said = order.events.empty() ? fmt::format("nothing waits to be said to {}", name)
                                    : fmt::format("{} was told", name);
  return order;
}

Order and_hang_up(Order order, const State& state, PersonIndex person, std::uint64_t call) {
  if (const GivenCall* given = find_call(state, person, call))
    order.events.emplace_back(CallEnded{call, 0, state.roster[person].id, given->contact, ""});
  return order;
}

namespace {

std::uint64_t number_in(const std::string& text, const char* of_what, const char* where) {
  const auto number = base::parse_count(text, std::numeric_limits<std::int64_t>::max());
  if (!number || *number == 0)
    throw Fault(Exit::usage, fmt::format("\"{}\" is not the number of a {}", text, of_what), where);
  return static_cast<std::uint64_t>(*number);
}

// What an operator who names no call means: the only one that was given out. Which of several, the
// program does not guess.
std::uint64_t only_call(const State& state, PersonIndex person) {
  std::vector<GivenCall> calls = state.people[person].calls;
  std::erase_if(calls, [](const GivenCall& given) { return given.call == 0; });
  if (calls.empty()) return 0;
  if (calls.size() == 1) return calls.front().call;
  std::vector<std::string> all;
  for (const GivenCall& given : calls)
    all.push_back(fmt::format("{} at {}", given.call, base::local_clock(given.until - kCallTerm)));
  throw Fault(Exit::usage,
              fmt::format("{} calls to {} were given out and have not ended: {}", calls.size(),
                          state.roster[person].name, base::join(all, ", ")),
              fmt::format("name yours: --call {}", calls.front().call));
}

// A sheet has the number of events that there were, and whoever was on the telephone list then.
void need_on_sheet(const State& state, PersonIndex person, std::uint64_t sheet) {
  const auto& messages = state.people[person].messages;
  const bool was_listed = std::any_of(messages.begin(), messages.end(), [&](MessageIndex index) {
    return state.messages[index].channel == kPhone && state.messages[index].event <= sheet;
  });
  if (sheet <= state.events && was_listed) return;
  throw Fault(Exit::usage,
              sheet > state.events
                  ? fmt::format("no sheet of this incident has the number {} so far", sheet)
                  : fmt::format("{} was not on sheet {}", state.roster[person].name, sheet),
              "the number stands in the first line of the sheet");
}

Source source_of(const State& state, PersonIndex person, const SpokenAnswer& spoken) {
  Source source;
  if (!spoken.sheet.empty()) {
    source.sheet = number_in(spoken.sheet, "sheet", "it stands in the first line of the sheet");
    need_on_sheet(state, person, source.sheet);
  }
  if (!spoken.call.empty()) {
    source.call = number_in(spoken.call, "call", "\"tocsin phone --next\" prints it");
    if (find_call(state, person, source.call) == nullptr)
      throw Fault(Exit::usage,
                  fmt::format("call {} to {} has ended, or was never given out", source.call,
                              state.roster[person].name),
                  "\"tocsin phone --next\" gives out a call; an answer needs none");
  }
  if (source.sheet == 0 && source.call == 0) source.call = only_call(state, person);
  return source;
}

}  // namespace

Order take_answer(const State& state, PersonIndex person, const SpokenAnswer& spoken, Instant now,
                  base::Random& ids) {
  const Source source = source_of(state, person, spoken);
  if (spoken.answer == "no-answer") return unanswered(state, person, kNoAnswer, source);
  if (spoken.answer == "wrong-number") return unanswered(state, person, kWrongNumber, source);
  if (spoken.answer == "told")
    return and_hang_up(said(state, person, source), state, person, source.call);
  const auto answer = answer_from_text(spoken.answer);
  if (!answer || *answer == Answer::seen)
    throw Fault(Exit::usage, fmt::format("\"{}\" is not an answer", spoken.answer),
                "coming, later, last-resort, no, told, no-answer or wrong-number");
  const Reply reply = reply_of(*answer, spoken.eta, spoken.from, now);
  return and_hang_up(answered(state, person, reply, source, now, ids), state, person, source.call);
}

std::vector<Uncalled> uncalled(const State& state) {
  if (state.has_ended()) return {};
  const std::vector<int> missing = open_seats(state);
  std::vector<PostIndex> order;
  for (PostIndex p = 0; p < missing.size(); ++p)
    if (missing[p] > 0) order.push_back(p);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return state.rank(a) < state.rank(b); });
  std::set<PersonIndex> used;
  std::vector<Uncalled> found;
  for (const PostIndex post : order) {
    std::vector<PersonIndex> people;
    for (PersonIndex p = 0; p < state.people.size(); ++p)
      if (!used.contains(p) && state.can_hold(p, post) && could_be_rung(state, p))
        people.push_back(p);
    std::stable_sort(people.begin(), people.end(), [&](auto a, auto b) {
      return state.roster[a].travel < state.roster[b].travel;
    });
    const auto most = static_cast<std::size_t>(missing[post] * kForEachSeat);
    if (people.size() > most) people.resize(most);
    used.insert(people.begin(), people.end());
    if (!people.empty()) found.push_back({post, missing[post], std::move(people)});
  }
  return found;
}

}  // namespace tocsin::incident
