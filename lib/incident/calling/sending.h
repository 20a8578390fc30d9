// How long messages wait for their channel: some providers take few a minute, and what nobody has
// got nobody answers.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "callout/wave.h"
#include "incident/state/state.h"

namespace tocsin::incident {

class Sending {
 public:
  explicit Sending(const State& state);

  const std::vector<callout::SlowChannel>& slow() const noexcept { return slow_; }
  // The position there of the channel; nullopt when it takes everything at once.
  std::optional<std::uint32_t> place_of(const ChannelId& channel) const;
  // Minutes until a channel has taken a question to somebody who was asked, 0 when one has.
  double until_sent(PersonIndex person) const;
  // From when somebody who was asked could answer: since a channel took the question.
  base::Instant asked(PersonIndex person) const;

 private:
  const State& state_;
  std::vector<callout::SlowChannel> slow_;
  std::map<ChannelId, std::uint32_t> places_;
  std::map<MessageIndex, double> waits_;  // minutes, of what waits for a slow channel

  std::vector<MessageIndex> questions_to(PersonIndex person) const;
};

}  // namespace tocsin::incident
