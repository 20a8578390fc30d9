#include "incident/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "incident/ask.h"
#include "incident/pool.h"
#include "incident/reach.h"

namespace tocsin::incident {

namespace {

using base::Instant;

// An arrival that moves by less is the same to whoever waits for it.
constexpr base::Minutes kGrain{5};

Instant rounded_up(Instant instant) {
  const auto minutes = std::chrono::ceil<base::Minutes>(instant.time_since_epoch());
  return Instant{(minutes + kGrain - base::Minutes{1}) / kGrain * kGrain};
}

// As it was when they were given the seat: who then comes in by the door is news to nobody there.
Instant expected(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const Instant start = state.at(state.slots[person.slot].from);
  return std::max(start, person.expected != Instant{} ? person.expected : ready_at(state, index));
}

// By post: everybody who has a seat there.
using Seated = std::vector<std::vector<PersonIndex>>;

Seated seated(const State& state) {
  Seated by_post(state.playbook.posts.size());
  for (PersonIndex p = 0; p < state.people.size(); ++p)
    if (state.people[p].place == Place::assigned)
      by_post[state.slots[state.people[p].slot].post].push_back(p);
  return by_post;
}

// What they can do beyond what everybody in the post can.
std::string more_skills(const State& state, PersonIndex person, const playbook::Post& post) {
  std::vector<std::string> more;
  for (const std::string& skill : state.kinds[state.people[person].kind].skills)
    if (std::none_of(post.all_of.begin(), post.all_of.end(),
                     [&](const auto& common) { return common.str() == skill; }))
      more.push_back(skill);
  return more.empty() ? "" : fmt::format(" ({})", base::join(more, ", "));
}

// Whatever carries a sealed message to a device.
std::optional<ChannelId> sealed_channel(const State& state, PersonIndex person) {
  for (const ChannelId& channel : state.playbook.cascade.channels)
    if ((channel == kRelay || channel == kSpool) && can_reach(state, person, channel))
      return channel;
  return std::nullopt;
}

std::string words_for(const State& state, const Seated& seated, const playbook::Area& area,
                      const playbook::ShiftId& shift, PersonIndex lead) {
  std::vector<std::string> parts;
  std::size_t named = 0;
  int unnamed = 0;
  bool anybody = false;
  for (PostIndex p = 0; p < state.playbook.posts.size(); ++p) {
    const playbook::Post& post = state.playbook.posts[p];
    if (post.area != area.id || post.shift != shift) continue;
    std::vector<std::tuple<Instant, std::string>> coming;
    const auto filled = static_cast<int>(seated[p].size());
    for (const PersonIndex person : seated[p]) {
      if (person == lead) continue;
      coming.emplace_back(rounded_up(expected(state, person)),
                          state.roster[person].name + more_skills(state, person, post));
    }
    if (coming.empty() && filled == post.count()) continue;  // the lead's own seat
    std::sort(coming.begin(), coming.end());
    std::vector<std::string> people;
    for (const auto& [when, words] : coming) {
      anybody = true;
      if (named == kMostInDigest) {
        ++unnamed;
        continue;
      }
      ++named;
      people.push_back(fmt::format("{} {}", base::local_clock(when), words));
    }
    parts.push_back(fmt::format("{} {} of {}{}{}", post.title, filled, post.count(),
                                people.empty() ? "" : ": ", base::join(people, ", ")));
  }
  if (!anybody) return {};
  std::string text = fmt::format("Coming to {}. {}.", area.title, base::join(parts, "; "));
  if (unnamed > 0) text += fmt::format(" {} more are not named here.", unnamed);
  return text;
}

}  // namespace

std::string digest_text(const State& state, const playbook::Area& area,
                        const playbook::ShiftId& shift, PersonIndex lead) {
  return words_for(state, seated(state), area, shift, lead);
}

Digests digests(const State& state, Instant now, base::Random& ids) {
  Digests out;
  const playbook::ShiftId& shift = state.running_shift(now).id;
  const Seated by_post = seated(state);
  for (PersonIndex p = 0; p < state.people.size(); ++p) {
    const Person& person = state.people[p];
    if (person.place != Place::assigned || person.devices.empty()) continue;
    const playbook::Post& post = state.playbook.posts[state.slots[person.slot].post];
    const playbook::Area* area = state.playbook.find_area(post.area);
    if (area->lead.empty() || area->lead != post.role || post.shift != shift) continue;
    const auto channel = sealed_channel(state, p);
    if (!channel) continue;
    const Message* last = person.digest ? &state.messages[*person.digest] : nullptr;
    if (last != nullptr && now < last->issued + kDigestEvery) {
      const Instant due = last->issued + kDigestEvery;
      if (!out.next || due < *out.next) out.next = due;
      continue;
    }
    std::string text = words_for(state, by_post, *area, shift, p);
    if (last == nullptr ? text.empty() : last->text == text) continue;
    if (text.empty()) text = fmt::format("Nobody is coming to {} just now.", area->title);
    if (last != nullptr && last->text == text) continue;
    out.events.emplace_back(Issued{seal::random_message_id(ids), state.roster[p].id,
                                   playbook::MessageKind::update, *channel, post.id, 0,
                                   now + kMessageLife, std::move(text), "leads the area"});
  }
  return out;
}

}  // namespace tocsin::incident
