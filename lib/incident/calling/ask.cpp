#include "incident/calling/ask.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "callout/wave.h"
#include "incident/calling/answer_window.h"
#include "incident/calling/forecast.h"
#include "incident/message/notice.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;
using playbook::MessageKind;

// One request by each channel that is tried first. Nobody gets two on one channel: somebody who was
// stood down gets a reminder that the post is open.
void request(const State& state, const callout::Ask& asked, Instant now, base::Random& ids,
             std::vector<Body>& events) {
  const auto kind =
      state.people[asked.person].was_asked() ? MessageKind::reminder : MessageKind::request;
  for (ChannelId& channel :
       together_with(state, asked.person, *next_channel(state, asked.person), asked.post))
    events.emplace_back(Issued{seal::random_message_id(ids), state.roster[asked.person].id, kind,
                               std::move(channel), state.playbook.posts[asked.post].id,
                               state.waves + 1, now + kMessageLife, "", asked.why});
}

}  // namespace

std::vector<Body> ask(const State& state, const Pool& pool, Instant now, base::Random& ids,
                      callout::Recourses& recourses) {
  std::vector<Body> events = missed(state, now);
  if (!events.empty()) return events;  // their seats are open now: forecast after that is applied

  const callout::Belief belief{evidence_of(state, now), state.history};
  const callout::Wave wave =
      callout::plan_wave(question_of(state, pool, belief, now), belief, recourses);
  for (const callout::Ask& a : wave.asks) request(state, a, now, ids, events);

  Forecasted forecasted;
  for (const callout::Outlook& seat : wave.outlook)
    forecasted.outlook.push_back(
        {state.playbook.posts[seat.post].id, seat.deadline,
         static_cast<std::uint64_t>(std::lround(seat.probability * 1000))});
  // A post is not exhausted while there is somebody who may still answer for each open seat.
  std::vector<int> waited_for(state.playbook.posts.size(), 0);
  for (const PersonIndex p : state.silent)
    if (state.people[p].asked_post && may_still_answer(state, p, now))
      ++waited_for[*state.people[p].asked_post];
  for (const callout::Ask& a : wave.asks) ++waited_for[a.post];
  for (const PostIndex post : wave.exhausted)
    if (pool.open_by_post()[post] > waited_for[post])
      forecasted.exhausted.push_back(state.playbook.posts[post].id);
  events.emplace_back(std::move(forecasted));
  return events;
}

namespace {

bool is_given_up(const Message& message) {
  return message.receipt == contact::Receipt::failed_for_good || message.attempts >= kMostAttempts;
}

// Whether each channel on which they are asked now has given up, or is passed over: the newest
// message on it counts.
bool is_given_up_everywhere(const State& state, PersonIndex index, Instant now) {
  const Person& person = state.people[index];
  std::vector<ChannelId> seen;
  for (auto at = person.messages.rbegin(); at != person.messages.rend(); ++at) {
    const Message& message = state.messages[*at];
    if (*at < person.question || message.issued < person.window_from) break;
    if (!message.asks() || std::find(seen.begin(), seen.end(), message.channel) != seen.end())
      continue;
    seen.push_back(message.channel);
    const auto passed_over = state.passed_over_from(message);
    if (!is_given_up(message) && !(passed_over && now >= *passed_over)) return false;
  }
  return true;
}

// Why a question goes on to the next channel; nullptr while somebody may still react on this one.
const char* why_to_go_on(const State& state, PersonIndex person, bool is_window_over, Instant now) {
  const MessageIndex question = *state.people[person].request;
  const Message& last = state.messages[question];
  if (last.channel == kPhone) {
    if (waits_for_call(state, question)) return nullptr;
    return can_reach(state, person, kPhone) ? "no answer" : "wrong number";
  }
  if (is_given_up_everywhere(state, person, now))
    return is_given_up(last) ? "not delivered" : "not taken";
  return is_window_over ? "no answer" : nullptr;
}

}  // namespace

Escalation escalate(const State& state, Instant now, base::Random& ids) {
  Escalation out;
  const auto wait_until = [&](Instant instant) {
    if (!out.next || instant < *out.next) out.next = instant;
  };
  for (const PersonIndex p : state.silent) {
    const Person& person = state.people[p];
    const Message& last = state.messages[*person.request];
    const base::Milliseconds window = answer_window(state, person.asked_post);
    const auto passed_over = state.passed_over_from(last);
    const char* why = why_to_go_on(state, p, now >= person.window_from + window, now);
    if (why == nullptr && last.channel == kPhone) continue;  // the switchboard rings them
    if (why == nullptr) {
      if (passed_over && now < *passed_over) wait_until(*passed_over);
      // Reminders divide the window evenly and do not make it longer.
      const int most = state.playbook.cascade.reminders;
      const base::Milliseconds before = window * (person.reminded + 1) / (most + 1);
      if (person.reminded >= most || now < person.window_from + before) {
        wait_until(person.window_from + before);
        continue;
      }
      out.events.emplace_back(Issued{seal::random_message_id(ids), state.roster[p].id,
                                     MessageKind::reminder, last.channel, person.asked_for, 0,
                                     now + kMessageLife, "", "no answer yet"});
      continue;
    }
    const std::vector<ChannelId> tried = tried_to_ask(state, p);
    const auto next = next_untried(state, p, tried);
    if (!next) continue;  // no channel is left; others were asked when the window ended
    for (ChannelId& channel : together_with(state, p, *next, person.asked_post, tried))
      out.events.emplace_back(Issued{seal::random_message_id(ids), state.roster[p].id,
                                     MessageKind::reminder, std::move(channel), person.asked_for, 0,
                                     now + kMessageLife, "",
                                     fmt::format("{} on {}", why, last.channel.str())});
  }
  return out;
}

}  // namespace tocsin::incident
