#include "incident/calling/sending.h"

#include <algorithm>

namespace tocsin::incident {

Sending::Sending(const State& state) : state_(state) {
  for (const auto& [channel, per_minute] : state.limits) {
    places_.emplace(channel, static_cast<std::uint32_t>(slow_.size()));
    slow_.push_back({static_cast<double>(per_minute), 0});
  }
  if (slow_.empty()) return;
  for (const auto& [at, index] : state.outbox) {
    const auto place = place_of(state.messages[index].channel);
    if (!place) continue;
    callout::SlowChannel& channel = slow_[*place];
    waits_.emplace(index, channel.waiting / channel.per_minute);
    ++channel.waiting;
  }
}

std::optional<std::uint32_t> Sending::place_of(const ChannelId& channel) const {
  const auto found = places_.find(channel);
  return found == places_.end() ? std::nullopt : std::optional{found->second};
}

// Those of the latest question that people may have to wait for; none when one of them goes by a
// channel that takes everything at once.
std::vector<MessageIndex> Sending::questions_to(PersonIndex index) const {
  const Person& person = state_.people[index];
  std::vector<MessageIndex> questions;
  for (const MessageIndex m : person.messages) {
    if (m < person.question || !state_.messages[m].asks()) continue;
    if (!place_of(state_.messages[m].channel)) return {};
    questions.push_back(m);
  }
  return questions;
}

double Sending::until_sent(PersonIndex index) const {
  std::optional<double> least;
  for (const MessageIndex m : questions_to(index)) {
    if (state_.messages[m].taken != base::Instant{}) return 0;
    const auto wait = waits_.find(m);
    if (wait != waits_.end()) least = std::min(least.value_or(wait->second), wait->second);
  }
  return least.value_or(0);
}

base::Instant Sending::asked(PersonIndex index) const {
  base::Instant first{};
  for (const MessageIndex m : questions_to(index)) {
    const base::Instant taken = state_.messages[m].taken;
    if (taken != base::Instant{} && (first == base::Instant{} || taken < first)) first = taken;
  }
  return std::max(first, state_.people[index].asked);
}

}  // namespace tocsin::incident
