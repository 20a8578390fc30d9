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

TakenCall hand_out(const State& state, const Call& call, Instant now) {
  CallTaken taken{state.roster[call.person].id, now + kCallTerm, {}};
  for (const MessageIndex index : call.messages) taken.messages.push_back(state.messages[index].id);
  return {call, {{std::move(taken)}, ""}};
}

Order give_back(const State& state, PersonIndex person, Instant now) {
  return {{CallTaken{state.roster[person].id, now, {}}}, ""};
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

Order unanswered(const State& state, PersonIndex person, std::string_view reason) {
  const bool last =
      reason == kWrongNumber || state.people[person].phone_tries + 1 >= kMostPhoneTries;
  return {{PhoneUnanswered{state.roster[person].id, std::string{reason}}},
          fmt::format("{}: {}; {}", state.roster[person].name, reason,
                      last ? "not rung again" : "rung again after the others")};
}

Order said(const State& state, PersonIndex person, std::optional<std::uint64_t> sheet) {
  const std::string& name = state.roster[person].name;
  std::vector<MessageIndex> waiting;
  for (const MessageIndex index : state.people[person].messages)
    if (state.phone_list.contains(index) && !state.messages[index].asks()) waiting.push_back(index);
  if (!sheet && state.people[person].handed_out.empty() && !waiting.empty())
    throw Fault(Exit::usage, fmt::format("nobody was given anything to say to {}", name),
                "\"tocsin phone --next\" gives out a call; by a printed sheet, name its number: "
                "--sheet 143");
  if (sheet) std::erase_if(waiting, [&](auto i) { return state.messages[i].event > *sheet; });
  Order order;
  for (const MessageIndex index : sheet ? waiting : state.people[person].handed_out)
    if (!state.messages[index].asks() && !state.messages[index].receipt)
      order.events.emplace_back(
          Receipted{state.messages[index].id, contact::Receipt::delivered, "said by telephone"});
  order.said = order.events.empty() ? fmt::format("nothing waits to be said to {}", name)
                                    : fmt::format("{} was told", name);
  return order;
}

Order and_hang_up(Order order, const State& state, PersonIndex person, Instant now) {
  if (is_taken(state.people[person], now))
    order.events.push_back(std::move(give_back(state, person, now).events.front()));
  return order;
}

namespace {

std::optional<std::uint64_t> sheet_number(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto number = base::parse_count(text, std::numeric_limits<std::int64_t>::max());
  if (!number)
    throw Fault(Exit::usage, fmt::format("\"{}\" is not the number of a sheet", text),
                "it stands in the first line of the sheet");
  return static_cast<std::uint64_t>(*number);
}

}  // namespace

Order take_answer(const State& state, PersonIndex person, const SpokenAnswer& spoken, Instant now,
                  base::Random& ids) {
  if (spoken.answer == "no-answer") return unanswered(state, person, kNoAnswer);
  if (spoken.answer == "wrong-number") return unanswered(state, person, kWrongNumber);
  if (spoken.answer == "told")
    return and_hang_up(said(state, person, sheet_number(spoken.sheet)), state, person, now);
  const auto answer = answer_from_text(spoken.answer);
  if (!answer || *answer == Answer::seen)
    throw Fault(Exit::usage, fmt::format("\"{}\" is not an answer", spoken.answer),
                "coming, later, last-resort, no, told, no-answer or wrong-number");
  const Reply reply = reply_of(*answer, spoken.eta, spoken.from, now);
  return and_hang_up(reply_for(state, person, reply, kPhone, now, ids), state, person, now);
}

std::vector<Uncalled> uncalled(const State& state) {
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
