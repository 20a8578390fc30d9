#include "incident/view/traffic.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "contact/channels.h"

namespace tocsin::incident {

namespace {

void count(Traffic& traffic, const Message& message) {
  if (message.receipt == contact::Receipt::delivered || message.receipt == contact::Receipt::read)
    ++traffic.delivered;
  else if (message.receipt && *message.receipt < contact::Receipt::delivered)
    ++traffic.sent;
  else if (message.receipt == contact::Receipt::failed_for_good ||
           message.attempts >= kMostAttempts)
    ++traffic.failed;
  else if (!message.closed)
    ++traffic.waiting;
}

std::optional<std::chrono::seconds> drains_in(const Pace& pace, int waiting, base::Instant now) {
  const auto since = now - pace.minute;
  if (waiting == 0 || since >= base::Minutes{2}) return std::nullopt;
  const int taken = pace.taken + pace.before;
  const double seconds =
      std::chrono::duration<double>(since).count() + (pace.before > 0 ? 60.0 : 0.0);
  return std::chrono::seconds{
      static_cast<std::int64_t>(std::ceil(waiting * std::max(seconds, 1.0) / taken))};
}

}  // namespace

std::vector<Traffic> traffic(const State& state, base::Instant now) {
  std::map<ChannelId, Traffic> by_channel;
  for (const Message& message : state.messages) {
    if (message.channel == kPhone) continue;
    Traffic& one = by_channel[message.channel];
    one.channel = message.channel;
    count(one, message);
  }
  std::vector<Traffic> out;
  for (const contact::Channel& channel : contact::kChannels) {
    const auto found = by_channel.find(ChannelId{std::string{channel.name}});
    if (found == by_channel.end()) continue;
    Traffic& one = found->second;
    if (const auto failing = state.failing.find(one.channel); failing != state.failing.end())
      one.failing = failing->second;
    one.rests = state.rests(one.channel);
    if (const auto limit = state.limits.find(one.channel); limit != state.limits.end())
      one.per_minute = limit->second;
    if (const auto pace = state.paces.find(one.channel); pace != state.paces.end())
      one.drains_in = drains_in(pace->second, one.waiting, now);
    else if (one.per_minute && one.waiting > 0 && one.failing == 0)
      one.drains_in = std::chrono::seconds{static_cast<std::int64_t>(
          std::ceil(60.0 * one.waiting / static_cast<double>(*one.per_minute)))};
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace tocsin::incident
