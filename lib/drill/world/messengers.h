// The providers of a drill's world: each takes messages as its real one would, at its own pace and
// not while it is down, and carries back what people write there.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "channel/throttle.h"
#include "drill/world/world.h"

namespace tocsin::drill {

// One provider, whatever it may carry.
class Messenger {
 public:
  // `owners` is by address. Everything outlives the messenger.
  Messenger(const WorldChannel& channel, const roster::Roster& roster, base::Instant declared,
            const base::Clock& clock);

  struct Arrival {
    std::size_t person = 0;
    seal::MessageId message;
  };
  // What it has taken since the last call, in that order.
  std::vector<Arrival> take_arrivals() { return std::exchange(arrivals_, {}); }
  // Somebody's telephone has the message, or never will.
  void receipt(const seal::MessageId& message, contact::Receipt receipt, std::string reason = {});
  // Somebody writes. The same id is the same message again.
  void say(std::size_t person, const seal::MessageId& id, std::string words);

  const WorldChannel& channel() const noexcept { return channel_; }
  std::size_t taken() const noexcept { return taken_; }  // messages, each time that it took one

  // As channel::Channel and channel::Carrier have them.
  channel::Room room();
  channel::Delivery send(const seal::MessageId& message, std::string_view address);
  channel::Collected collect() const;
  void acknowledge(std::uint64_t cursor);

 private:
  bool is_down() const { return channel_.is_down(clock_.now() - declared_); }

  const WorldChannel& channel_;
  const roster::Roster& roster_;
  const base::Instant declared_;
  const base::Clock& clock_;
  std::map<std::string, std::size_t, std::less<>> owners_;  // by address
  std::optional<channel::Throttle> throttle_;
  std::vector<Arrival> arrivals_;
  std::size_t taken_ = 0;
  channel::Collected news_;  // not yet acknowledged
};

// The channel by which a driver speaks to it, of the class that it has.
std::unique_ptr<channel::Channel> line_to(Messenger& messenger);

// A relay that may be down, before the one that keeps the messages.
class WorldRelay final : public channel::Carrier<contact::Class::sealed> {
 public:
  WorldRelay(channel::Carrier<contact::Class::sealed>& relay, const WorldChannel* channel,
             base::Instant declared, const base::Clock& clock)
      : relay_(relay), channel_(channel), declared_(declared), clock_(clock) {}

  std::string_view name() const noexcept override { return relay_.name(); }
  std::vector<channel::Delivery> send(std::span<const channel::SealedMessage> batch) override;
  channel::Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override { relay_.acknowledge(cursor); }

 private:
  bool is_down() const;

  channel::Carrier<contact::Class::sealed>& relay_;
  const WorldChannel* channel_;  // null: the world has none
  const base::Instant declared_;
  const base::Clock& clock_;
};

}  // namespace tocsin::drill
