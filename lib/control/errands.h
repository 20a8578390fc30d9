// Sends what is said outside of any incident over one channel: as fast as it takes it, again after
// a failure that may pass, and never after an outcome that is unknown.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "channel/channel.h"
#include "playbook/nudge.h"

namespace tocsin::control {

struct Errand {
  seal::MessageId id;
  std::string address;  // never logged
  playbook::Nudge nudge;
  base::Instant expires;
  std::optional<contact::Receipt> receipt{};  // none: it was not tried yet
  std::string reason{};                       // of a failure
  base::Instant tried{};                      // last
  base::Instant due{};                        // when it is tried next
  std::optional<base::Instant> arrived{};     // delivered or read

  bool waits() const noexcept { return !receipt || *receipt == contact::Receipt::failed_for_now; }
};

class Errands {
 public:
  // All outlive it. The channel is no sealed one and no person.
  Errands(channel::Channel& channel, const base::Clock& clock, base::Random& ids);

  // Returns its place.
  std::size_t add(std::string address, playbook::Nudge nudge, base::Milliseconds life);
  // Sends what is due and has room; true when anything went.
  bool send_due();
  // What the channel said of a message later; true when it was news of one of these.
  bool take(const channel::Delivery& delivery);

  const Errand& operator[](std::size_t place) const { return all_[place]; }
  // By the id of its message.
  std::optional<std::size_t> find(const seal::MessageId& id) const;
  // Whether something has yet to go.
  bool waits() const;

 private:
  bool note(Errand& errand, const channel::Delivery& delivery);

  channel::Channel& channel_;
  const base::Clock& clock_;
  base::Random& ids_;
  std::deque<Errand> all_;
  std::map<seal::MessageId, std::size_t> places_;
};

}  // namespace tocsin::control
