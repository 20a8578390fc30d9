#include "incident/calling/way.h"

#include <algorithm>

namespace tocsin::incident {

using callout::Way;

namespace {

double published_reach(Way way) {
  constexpr callout::Figures kPublished;
  if (way == Way::device) return kPublished.reached;
  return way == Way::text ? kPublished.reached_by_text : kPublished.reached_by_phone;
}

}  // namespace

Way way_of(const ChannelId& channel) {
  if (channel.str() == "voice") return Way::voice;
  return channel.str() == "sms" || channel.str() == "email" ? Way::text : Way::device;
}

Way way_of(const State& state, PersonIndex index) {
  const Person& person = state.people[index];
  const Message& first = state.messages[person.messages.front()];
  Way best = way_of(first.channel);
  for (const MessageIndex m : person.messages) {
    const Message& message = state.messages[m];
    if (message.issued != first.issued || message.channel == kPhone) continue;
    best = std::max(best, way_of(message.channel),
                    [](Way a, Way b) { return published_reach(a) < published_reach(b); });
  }
  return best;
}

}  // namespace tocsin::incident
