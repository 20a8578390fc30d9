#include "incident/ask.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "callout/choose.h"
#include "incident/reach.h"
#include "roster/rest.h"

namespace tocsin::incident {

namespace {

using base::Instant;
using playbook::MessageKind;

// On a channel that a human works, the window runs from when it is their turn, which nobody knows;
// the list itself says who is still to be rung.
bool is_waited_for(const State& state, const Person& person, Instant now) {
  const Message& request = state.messages[*person.request];
  return now < request.issued + answer_window(state, person.asked_post);
}

// Could be asked at all, and was not yet.
bool is_candidate(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  return state.roster[index].is_active() && !person.was_asked() && person.answer == Answer::none &&
         !person.left && person.place == Place::free && person.duty != roster::Duty::on_duty &&
         person.duty != roster::Duty::absent && !person.pinned &&
         next_channel(state, index).has_value();
}

Issued request(const State& state, PersonIndex person, PostIndex post, Instant now,
               std::uint64_t wave, std::string why, base::Random& ids) {
  return {seal::random_message_id(ids),
          state.roster[person].id,
          MessageKind::request,
          *next_channel(state, person),
          state.playbook.posts[post].id,
          wave,
          now + kMessageLife,
          "",
          std::move(why)};
}

// The candidates and the words that callout::choose knows them by.
struct Field {
  std::vector<callout::Candidate> candidates;
  std::vector<std::vector<bool>> can_hold;
  std::vector<int> group_room;
};

Field field_of(const State& state, const std::set<PersonIndex>& already,
               const std::vector<bool>& kind_is_wanted) {
  Field field;
  std::map<std::string, std::uint32_t> groups;
  std::vector<int> size;
  std::vector<int> called;
  const playbook::Limits& limits = state.playbook.limits;
  const roster::RestRules rules{limits.rest.between_shifts, limits.rest.longest_shift,
                                limits.rest.week, limits.rest.after_nights};
  const playbook::Shift& first = state.playbook.shifts.front();
  for (const Kind& kind : state.kinds) field.can_hold.push_back(kind.can_hold);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const roster::Responder& row = state.roster[p];
    const auto [at, fresh] =
        groups.try_emplace(row.staff_group.str(), static_cast<std::uint32_t>(groups.size()));
    const std::uint32_t group = at->second;
    if (fresh) {
      size.push_back(0);
      called.push_back(0);
    }
    size[group] += row.is_active() ? 1 : 0;
    called[group] += state.people[p].was_asked() || already.contains(p) ? 1 : 0;
    if (!kind_is_wanted[state.people[p].kind] || already.contains(p) || !is_candidate(state, p))
      continue;
    const bool rest_broken =
        !roster::breaches(state.rota, rules, row.id, state.declared_at + row.travel,
                          state.at(first.until))
             .empty();
    field.candidates.push_back({p, state.people[p].kind, group, row.travel,
                                state.people[p].duty == roster::Duty::on_call, rest_broken});
  }
  for (const auto& [name, group] : groups) {
    const double share = limits.largest_share(playbook::StaffGroupId{name});
    const int most = static_cast<int>(std::floor(size[group] * share + 1e-9));
    field.group_room.resize(groups.size());
    field.group_room[group] = std::max(0, most - called[group]);
  }
  return field;
}

}  // namespace

base::Minutes answer_window(const State& state, std::optional<PostIndex> post) {
  return state.playbook.cascade.answer_window(post ? state.playbook.posts[*post].priority
                                                   : playbook::kLeastPriority);
}

Asking ask(const State& state, const Pool& pool, Instant now, base::Random& ids) {
  Asking asking;
  const std::vector<int>& open_seats = pool.open_by_post();
  std::vector<int> outstanding(state.playbook.posts.size(), 0);
  std::vector<int> on_phone_list(state.playbook.posts.size(), 0);
  for (const PersonIndex p : state.silent) {
    const Person& person = state.people[p];
    if (!person.asked_post) continue;
    if (is_waited_for(state, person, now))
      ++outstanding[*person.asked_post];
    else if (state.phone_list.contains(*person.request))
      ++on_phone_list[*person.asked_post];
  }

  std::set<PersonIndex> asked_now;
  std::set<PostIndex> in_chain;  // key roles that still have somebody to wait for or to ask
  for (const KeyChain& key : state.key_chains) {
    int wanted = open_seats[key.post] - outstanding[key.post];
    if (outstanding[key.post] > 0) in_chain.insert(key.post);
    for (const PersonIndex person : key.people) {
      if (wanted <= 0) break;
      if (!is_candidate(state, person) || !asked_now.insert(person).second) continue;
      asking.events.push_back(request(state, person, key.post, now, state.waves + 1,
                                      "next in line for a key role", ids));
      in_chain.insert(key.post);
      --wanted;
    }
  }

  std::vector<callout::Demand> demands;
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    const int open = open_seats[p];
    if (open <= 0 || in_chain.contains(p)) continue;
    const playbook::Post& post = state.playbook.posts[p];
    const base::Minutes left = std::chrono::floor<base::Minutes>(state.at(post.by()) - now);
    demands.push_back({p, post.key_role && !state.is_relief(p) ? 0 : state.rank(p), open,
                       outstanding[p], state.playbook.cascade.over_call(post.priority),
                       std::max(left, base::Minutes{0})});
  }
  std::erase_if(demands, [](const callout::Demand& d) { return d.wanted() == 0; });
  if (demands.empty()) return asking;

  std::vector<bool> kind_is_wanted(state.kinds.size(), false);
  for (std::size_t k = 0; k < state.kinds.size(); ++k)
    kind_is_wanted[k] = std::any_of(demands.begin(), demands.end(), [&](const callout::Demand& d) {
      return static_cast<bool>(state.kinds[k].can_hold[d.post]);
    });
  const Field field = field_of(state, asked_now, kind_is_wanted);
  const callout::Choice choice =
      callout::choose(demands, field.candidates, field.can_hold, field.group_room);
  for (const callout::Ask& a : choice.asks)
    asking.events.push_back(request(state, a.person, a.post, now, state.waves + 1, a.why, ids));
  // As long as somebody may still answer for each open seat, nothing is exhausted but the list.
  for (const PostIndex post : choice.exhausted)
    if (open_seats[post] > outstanding[post] + on_phone_list[post]) asking.exhausted.insert(post);
  return asking;
}

Escalation escalate(const State& state, Instant now, base::Random& ids) {
  Escalation out;
  const auto wait_until = [&](Instant instant) {
    if (!out.next || instant < *out.next) out.next = instant;
  };
  for (const PersonIndex p : state.silent) {
    const Person& person = state.people[p];
    const Message& last = state.messages[*person.request];
    if (last.channel == kPhone) continue;  // a human is next; the list is theirs
    const base::Milliseconds window = answer_window(state, person.asked_post);
    const bool undeliverable =
        last.receipt == channel::Receipt::failed_for_good || last.attempts >= kMostAttempts;
    if (!undeliverable && now < last.issued + window) {
      const int sent = static_cast<int>(
          std::count_if(person.messages.begin(), person.messages.end(), [&](MessageIndex m) {
            return state.messages[m].channel == last.channel &&
                   state.messages[m].kind == MessageKind::reminder;
          }));
      const int most = state.playbook.cascade.reminders;
      // Reminders divide the window of the first message evenly; they do not prolong it.
      if (last.kind == MessageKind::request && sent < most) {
        const Instant due = last.issued + window / (most + 1);
        if (now < due) {
          wait_until(due);
          continue;
        }
        out.events.emplace_back(Issued{seal::random_message_id(ids), state.roster[p].id,
                                       MessageKind::reminder, last.channel, person.asked_for, 0,
                                       now + kMessageLife, "", "no answer yet"});
        continue;
      }
      wait_until(last.issued + window);
      continue;
    }
    const auto next = next_channel(state, p, last.channel);
    if (!next) continue;  // silent for good: others were asked when the window ended
    out.events.emplace_back(
        Issued{seal::random_message_id(ids), state.roster[p].id, MessageKind::reminder, *next,
               person.asked_for, 0, now + kMessageLife, "",
               fmt::format("{} on {}", undeliverable ? "not delivered" : "no answer",
                           last.channel.str())});
  }
  return out;
}

}  // namespace tocsin::incident
