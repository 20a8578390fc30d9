#include "incident/coordinator/lead_briefing.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "incident/message/notice.h"
#include "incident/seating/arrival.h"
#include "incident/state/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;

// A change of arrival by less does not matter to the lead.
constexpr base::Minutes kGrain{5};

Instant rounded_up(Instant instant) {
  const auto minutes = std::chrono::ceil<base::Minutes>(instant.time_since_epoch());
  return Instant{(minutes + kGrain - base::Minutes{1}) / kGrain * kGrain};
}

// The arrival that was expected when they got the seat. Their arrival itself is not news to the
// lead, who sees it.
Instant expected(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const Instant start = state.at(state.slots[person.slot].from);
  return std::max(start, person.expected != Instant{} ? person.expected : ready_at(state, index));
}

// What a lead leads: the posts of one area in one shift.
struct Command {
  int area_position = 0;
  int shift_position = 0;

  const playbook::Area& area(const State& state) const {
    return state.playbook.areas[static_cast<std::size_t>(area_position)];
  }
  bool covers(const State& state, PostIndex post) const {
    return state.area_position(post) == area_position &&
           state.shift_position(post) == shift_position;
  }
  std::uint64_t revision(const State& state) const {
    std::uint64_t sum = 0;
    for (PostIndex p = 0; p < state.holders.size(); ++p)
      if (covers(state, p)) sum += state.holders[p].revision;
    return sum;
  }
};

// The skills that the person has and the post does not require.
std::string more_skills(const State& state, PersonIndex person, const playbook::Post& post) {
  std::vector<std::string> more;
  for (const std::string& skill : state.profiles[state.people[person].profile].skills)
    if (std::none_of(post.all_of.begin(), post.all_of.end(),
                     [&](const auto& common) { return common.str() == skill; }))
      more.push_back(skill);
  return more.empty() ? "" : fmt::format(" ({})", base::join(more, ", "));
}

// The first channel that carries a sealed message to a device.
std::optional<ChannelId> sealed_channel(const State& state, PersonIndex person) {
  for (const ChannelId& channel : state.playbook.cascade.channels)
    if (contact::reaches_devices(channel) && can_reach(state, person, channel)) return channel;
  return std::nullopt;
}

// Empty when nobody but the lead is coming.
std::string words_for(const State& state, const Command& command, PersonIndex lead) {
  std::vector<std::string> parts;
  std::size_t named = 0;
  int unnamed = 0;
  bool anybody = false;
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    if (!command.covers(state, p)) continue;
    const playbook::Post& post = state.playbook.posts[p];
    std::vector<std::tuple<Instant, std::string>> coming;
    const std::vector<PersonIndex>& holders = state.holders[p].people;
    const auto filled = static_cast<int>(holders.size());
    for (const PersonIndex person : holders) {
      if (person == lead) continue;
      coming.emplace_back(rounded_up(expected(state, person)),
                          state.roster[person].name + more_skills(state, person, post));
    }
    if (coming.empty() && filled == post.count()) continue;  // the lead's own seat
    std::sort(coming.begin(), coming.end());
    std::vector<std::string> people;
    for (const auto& [when, words] : coming) {
      anybody = true;
      if (named == kMostInLeadBriefing) {
        ++unnamed;
        continue;
      }
      ++named;
      people.push_back(fmt::format("{} {}", base::local_clock(when), words));
    }
    const int spare = std::max(0, filled - post.count());
    parts.push_back(fmt::format("{} {} of {}{}{}{}", post.title, filled - spare, post.count(),
                                spare > 0 ? fmt::format(" and {} to spare", spare) : "",
                                people.empty() ? "" : ": ", base::join(people, ", ")));
  }
  if (!anybody) return {};
  std::string text =
      fmt::format("Coming to {}. {}.", command.area(state).title, base::join(parts, "; "));
  if (unnamed > 0) text += fmt::format(" {} more are not named here.", unnamed);
  return text;
}

}  // namespace

LeadBriefings LeadBriefer::look(const State& state, Instant now, base::Random& ids) {
  LeadBriefings out;
  const int shift = state.running_shift_position(now);
  std::map<PersonIndex, PostIndex> leads;
  for (PostIndex p = 0; p < state.holders.size(); ++p)
    if (state.shift_position(p) == shift && state.is_lead(p))
      for (const PersonIndex person : state.holders[p].people) leads.emplace(person, p);
  for (const auto& [p, post] : leads) {
    const Person& person = state.people[p];
    const auto channel = sealed_channel(state, p);
    if (!channel) continue;
    const Message* last = person.lead_briefing ? &state.messages[*person.lead_briefing] : nullptr;
    if (last != nullptr && now < last->issued + kLeadBriefingEvery) {
      const Instant due = last->issued + kLeadBriefingEvery;
      if (!out.next || due < *out.next) out.next = due;
      continue;
    }
    const Command command{state.area_position(post), shift};
    const Seen seen{command.revision(state), state.needs_revision, shift, person.lead_briefing};
    const auto before = seen_.find(p);
    if (before != seen_.end() && before->second == seen) continue;
    std::string text = words_for(state, command, p);
    if (text.empty() && last != nullptr)
      text = fmt::format("Nobody is coming to {} just now.", command.area(state).title);
    if (last == nullptr ? text.empty() : last->text == text) {
      seen_[p] = seen;
      continue;
    }
    out.events.emplace_back(Issued{
        seal::random_message_id(ids), state.roster[p].id, playbook::MessageKind::update, *channel,
        state.playbook.posts[post].id, 0, now + kMessageLife, std::move(text), "leads the area"});
  }
  return out;
}

}  // namespace tocsin::incident
