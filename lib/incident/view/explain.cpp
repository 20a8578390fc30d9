#include "incident/view/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/text.h"
#include "incident/calling/calls.h"
#include "incident/calling/staff_group.h"
#include "incident/coordinator/shortfall.h"
#include "incident/seating/arrival.h"
#include "incident/seating/rest.h"
#include "incident/seating/ward.h"
#include "incident/state/reach.h"
#include "roster/rota/horizon.h"

namespace tocsin::incident {

namespace {

using base::local_clock;

std::string in_brackets(const std::string& why) { return why.empty() ? "" : " (" + why + ")"; }

// "was called in wave 1 at 22:41 for resus/nurse/response (nearest of 14 with airway)"
std::string calling(const Person& person) {
  return fmt::format("was called{} at {} for {}{}",
                     person.wave == 0 ? "" : fmt::format(" in wave {}", person.wave),
                     local_clock(person.asked), person.asked_for.str(),
                     in_brackets(person.asked_why));
}

// Only a device signs; on the telephone an operator hears the voice.
bool is_unsigned(const ChannelId& channel) {
  const contact::Channel* facts = contact::find(channel);
  return facts != nullptr && (facts->carries == contact::Class::end_to_end ||
                              facts->carries == contact::Class::provider_readable);
}

std::string answering(const Person& person) {
  const std::string on = person.answered_on.empty()
                             ? ""
                             : fmt::format(" ({}{})", person.answered_on.str(),
                                           is_unsigned(person.answered_on) ? ", not signed" : "");
  switch (person.answer) {
    case Answer::coming:
      return fmt::format("said at {}{} that they would be here at {}", local_clock(person.answered),
                         on, local_clock(person.when));
    case Answer::later:
      return fmt::format("said at {}{} that they can come from {}", local_clock(person.answered),
                         on, base::local_stamp(person.when));
    case Answer::last_resort:
      return fmt::format("said at {}{} that they come only if you are short",
                         local_clock(person.answered), on);
    case Answer::no:
      return fmt::format("said no at {}{}", local_clock(person.answered), on);
    case Answer::none:
    case Answer::arrived:
    case Answer::leaving:
    case Answer::seen:
      break;
  }
  return "";
}

std::string silence(const State& state, const Person& person) {
  const Message& last = state.messages[*person.request];
  if (waits_for_call(state, *person.request))
    return "has not answered but waits to be rung by the switchboard";
  if (last.channel == kPhone)
    return person.phone_tries > 0 ? "was rung and did not answer" : "was not reached";
  return fmt::format("has not answered{} (last tried over {} at {})",
                     person.reached ? ", though a device has the message" : "", last.channel.str(),
                     local_clock(last.issued));
}

bool can_hold_any(const State& state, PersonIndex person) {
  const auto& can_hold = state.profiles[state.people[person].profile].can_hold;
  return std::find(can_hold.begin(), can_hold.end(), true) != can_hold.end();
}

std::string not_called(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const roster::Responder& row = state.roster[index];
  if (!row.is_active()) return "was not called: the roster says that they are not in service";
  if (person.duty == roster::Duty::absent)
    return "was not called: the rota has them on leave, sick or resting";
  const std::vector<int> missing = state.open_seats();
  int open = 0;
  for (PostIndex p = 0; p < missing.size(); ++p)
    open += state.can_hold(index, p) ? std::max(0, missing[p]) : 0;
  if (person.duty == roster::Duty::on_duty) {
    const std::string ward = row.ward.empty() ? "their ward" : row.ward.str();
    if (!can_hold_any(state, index))
      return fmt::format("is on duty and stays on {}: no post asks for what they can do", ward);
    return fmt::format(
        "is on duty and stays on {}: {}", ward,
        open == 0 ? "the posts that they can hold are filled"
                  : fmt::format("the playbook lets {:.0f} % of those on duty leave it",
                                state.playbook.limits.on_duty_share(row.ward.str()) * 100));
  }
  if (!can_hold_any(state, index)) return "was not called: no post asks for what they can do";
  if (!next_channel(state, index))
    return "was not called: no device and no working contact point for the playbook's channels";
  if (open == 0) return "was not called: the posts that they can hold are filled";
  if (staff_groups_of(state).is_used_up(index))
    return fmt::format("was not called: the playbook's share of {} has been called",
                       row.staff_group.str());
  if (state.waves == 0) return "was not called so far: nobody was";
  if (person.duty == roster::Duty::unknown) {
    const roster::Horizon horizon{state.rota, state.roster};
    return fmt::format(
        "was not called so far: enough others were asked, and those known to be off duty go first; "
        "{}",
        to_sentence(horizon.nearest(state.declared_at), state.declared_at));
  }
  return "was not called so far: enough others were asked for the posts that they can hold";
}

// Why they have their seat. When they have said another time since, the reason's own is not so.
std::string seated(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const Slot& slot = state.slots[person.slot];
  if (person.pinned || person.arrived || person.answered <= person.status_since)
    return person.status_why;
  return fmt::format("now expected at {}, needed by {}",
                     local_clock(arrival_for(state, index, slot, person.answered)),
                     local_clock(state.at(slot.by)));
}

std::string placed(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const char* verb = state.has_ended() ? "was" : "is";
  switch (person.status) {
    case Status::assigned:
      return fmt::format(
          "{} {} {}: {}", verb, person.pinned ? "assigned by a coordinator to" : "assigned to",
          state.playbook.posts[state.slots[person.slot].post].id.str(), seated(state, index));
    case Status::reserved:
      return fmt::format("{} in reserve: {}", verb, person.status_why);
    case Status::stood_down:
      return "was stood down: " + person.status_why;
    case Status::released:
      return person.let_go ? "was released by a coordinator: " + person.status_why
                           : person.status_why;
    case Status::free:
      break;
  }
  return "";
}

// How far a message that they do not know has come: "so far (by relay at 22:41)".
std::string how_far(const State& state, MessageIndex index) {
  const Message& message = state.messages[index];
  for (std::optional<MessageIndex> at = index; at; at = state.messages[*at].before)
    if (waits_for_call(state, *at)) return ": waits to be rung by the switchboard";
  if (message.channel == kPhone)
    return state.people[message.person].phone_tries > 0 ? ": was rung and did not pick up" : "";
  if (message.receipt == contact::Receipt::failed_for_good)
    return fmt::format(": not delivered by {}", message.channel.str());
  return fmt::format(" so far (by {} at {})", message.channel.str(), local_clock(message.issued));
}

// Empty when they know what became of them, or were not written it yet.
std::string telling(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  if (person.status == Status::assigned && !person.decision && !person.arrived)
    return "has not been told: no channel reaches them";
  if (!person.decision || !state.untold.contains(*person.decision)) return "";
  return "has not been told" + how_far(state, *person.decision);
}

// The coordinators' words that they do not know.
std::vector<std::string> words_untold(const State& state, PersonIndex index) {
  std::vector<std::string> parts;
  for (const MessageIndex message : state.people[index].messages)
    if (state.untold.contains(message) && !state.messages[message].is_decision())
      parts.push_back(fmt::format("has not been told \"{}\"{}", state.messages[message].text,
                                  how_far(state, message)));
  return parts;
}

// Empty while all their numbers may be theirs. No number is named.
std::string wrong_number(const State& state, PersonIndex index) {
  const std::size_t wrong = state.people[index].wrong_numbers.size();
  if (wrong == 0) return "";
  if (state.contact_to_ring(index) != 0)
    return "has a wrong number on the roster, so that another one is rung";
  return wrong == 1 ? "cannot be rung: a wrong number is on the roster, and no other"
                    : "cannot be rung: all their numbers on the roster are wrong";
}

std::string named(const std::vector<std::string>& names) {
  constexpr std::size_t kMostNamed = 3;
  if (names.size() <= kMostNamed) return base::join(names, " and ");
  return fmt::format("{} and {} more", base::join(std::span{names}.first(kMostNamed), ", "),
                     names.size() - kMostNamed);
}

}  // namespace

std::string explain_person(const State& state, PersonIndex index, base::Instant now) {
  const Person& person = state.people[index];
  std::vector<std::string> parts;
  if (person.was_asked()) parts.push_back(calling(person));
  if (const std::string answer = answering(person); !answer.empty())
    parts.push_back(person.offered ? answer + " without having been asked" : answer);
  else if (person.is_silent() && person.status == Status::free)
    parts.push_back(silence(state, person));
  if (person.arrived) parts.push_back("arrived at " + local_clock(*person.arrived));
  // At the end everybody is stood down, which explains nothing. So use the state before the end.
  const State& until_end = state.at_end ? *state.at_end : state;
  if (const std::string place = placed(until_end, index); !place.empty()) parts.push_back(place);
  if (const std::string untold = telling(state, index); !untold.empty()) parts.push_back(untold);
  if (const std::string wrong = wrong_number(state, index); !wrong.empty()) parts.push_back(wrong);
  for (const ChannelId& channel : person.stopped)
    parts.push_back(fmt::format("wants no messages by {}", channel.str()));
  if (state.at_end && person.status == Status::stood_down &&
      state.at_end->people[index].status != Status::stood_down)
    parts.push_back(
        fmt::format("was stood down when the incident ended at {}", local_clock(*state.ended_at)));
  if (parts.empty()) parts.push_back(not_called(state, index));
  if (person.status == Status::free && person.is_available() && !person.arrived) {
    if (person.offered && !person.was_asked())
      parts.emplace_back("waits in the pool until a post needs them");
    else if (person.answer == Answer::last_resort)
      parts.emplace_back("is kept until nobody else is left");
  }
  for (std::string& words : words_untold(state, index)) parts.push_back(std::move(words));
  if (is_taken(person, now)) parts.emplace_back("is being rung now");
  std::string sentence = state.roster[index].name;
  for (std::size_t i = 0; i < parts.size(); ++i)
    sentence += (i == 0 ? " " : i + 1 == parts.size() ? ", and " : ", ") + parts[i];
  return sentence + ".";
}

namespace {

// Why somebody who could hold a post does not, in the order in which a sentence says it.
enum class Why : std::size_t {
  elsewhere,
  no,
  silent,
  ringing,
  wrong_number,
  unreachable,
  away,
  on_duty,
  reserved,
  stood_down,
  gone,
  later,
  not_asked,
};
constexpr auto kReasons = std::to_array<const char*>({
    "assigned elsewhere",
    "said no",
    "asked and silent",
    "on the phone list",
    "not reached, with a wrong number",
    "out of reach",
    "on leave, resting or not in service",
    "on duty and kept on their ward",
    "in reserve",
    "stood down",
    "released",
    "offering to come later or as a last resort",
    "not asked so far",
});

// The first reason that applies.
Why why_not(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  if (person.status == Status::assigned) return Why::elsewhere;
  if (person.status == Status::released) return Why::gone;
  if (person.status == Status::reserved) return Why::reserved;
  if (person.status == Status::stood_down) return Why::stood_down;
  if (person.answer == Answer::no) return Why::no;
  const bool cannot_be_rung = !person.wrong_numbers.empty() && state.contact_to_ring(index) == 0;
  if (person.is_silent())
    return waits_for_call(state, *person.request)                                ? Why::ringing
           : cannot_be_rung && state.messages[*person.request].channel == kPhone ? Why::wrong_number
                                                                                 : Why::silent;
  if (person.is_available()) return Why::later;
  if (!state.roster[index].is_active() || person.duty == roster::Duty::absent) return Why::away;
  if (person.duty == roster::Duty::on_duty) return Why::on_duty;
  if (next_channel(state, index)) return Why::not_asked;
  return cannot_be_rung ? Why::wrong_number : Why::unreachable;
}

}  // namespace

std::string explain_post(const State& state, PostIndex index, base::Instant now) {
  if (state.at_end)
    return "At the end, " + explain_post(*state.at_end, index, std::min(now, *state.ended_at));
  const playbook::Post& post = state.playbook.posts[index];
  std::vector<int> counts(kReasons.size());
  int able = 0;
  int here = 0;
  int not_told = 0;
  std::vector<std::string> holders;
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    const bool in_post =
        person.status == Status::assigned && state.slots[person.slot].post == index;
    here += in_post ? 1 : 0;
    not_told += in_post && !state.knows_decision(p) ? 1 : 0;
    if (in_post) holders.push_back(state.roster[p].name);
    if (!state.can_hold(p, index)) continue;
    ++able;
    if (in_post) continue;
    ++counts[static_cast<std::size_t>(why_not(state, p))];
  }
  std::string sentence =
      fmt::format("{} has {} of {} needed by {}", post.id.str(), std::min(here, post.count()),
                  post.count(), local_clock(state.at(post.by())));
  if (here > post.count()) sentence += fmt::format(" and {} to spare", here - post.count());
  if (!holders.empty()) sentence += fmt::format(", held by {}", named(holders));
  if (not_told > 0) sentence += fmt::format(" ({} not told so far)", not_told);
  const std::vector<int> left_to_wards = left_to_the_wards(state, now);
  int left = 0;
  for (SlotIndex s = 0; s < state.slots.size(); ++s)
    left += state.slots[s].post == index ? left_to_wards[s] : 0;
  if (left > 0)
    sentence += fmt::format("; {} left to people at work, whom the rota does not name", left);
  if (const auto likely = least_likely(state, index))
    sentence += fmt::format("; by the forecast of {} it is filled in time with {} % probability",
                            local_clock(*state.reviewed), (*likely + 5) / 10);
  if (here >= post.count()) return sentence + ".";
  if (able == 0) return sentence + ": nobody on the roster can hold it.";
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < kReasons.size(); ++i)
    if (counts[i] > 0) parts.push_back(fmt::format("{} {}", counts[i], kReasons[i]));
  if (parts.empty()) return fmt::format("{}: nobody else on the roster can hold it.", sentence);
  sentence += fmt::format(": of {} who could hold it, {}", able, base::join(parts, ", "));
  if (state.at(post.by()) < now) sentence += "; its time has passed";
  return sentence + ".";
}

}  // namespace tocsin::incident
