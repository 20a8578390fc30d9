// What the simulated people of a world have in their hands: devices, messengers, telephones that
// ring by themselves. It says who notices what, and by which way they answer.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/random.h"
#include "drill/people/phones.h"
#include "drill/world/messengers.h"
#include "incident/state/ledger.h"

namespace tocsin::drill {

class Telephones final : public Phones {
 public:
  // `devices` are those of the enrolled. `on_duty` is by person: people at work look at their
  // telephones. Everything outlives this.
  Telephones(const World& world, Phones& devices, std::span<const std::unique_ptr<Messenger>> lines,
             std::vector<bool> on_duty, const base::SeededRandom& random);
  // The incident is known only after the channels are; nothing arrives before.
  void follow(const incident::Ledger& ledger, const seal::Certificate& caller);

  // People to whom something came since the last call.
  std::vector<std::size_t> take_arrivals();

  std::vector<device::Message> fetch(std::size_t person, base::Instant now) override;
  void send(std::size_t person, const seal::Header& header, const incident::Reply& reply) override;

 private:
  struct One {
    double sleep = 0;         // [0, 1): what more than this share notice wakes them
    std::vector<bool> works;  // by way; the other contact points are stale
    std::vector<std::pair<std::size_t, seal::MessageId>> unread;  // way, message
    std::optional<std::size_t> answers_by;  // the way on which they noticed something last
    bool on_duty = false;
  };
  bool notices(const One& one, std::size_t way) const;
  void arrive(std::size_t way, const Messenger::Arrival& arrival);

  // Ways: the messengers in their order, and then the devices.
  std::size_t devices_way() const noexcept { return lines_.size(); }

  Phones& devices_;
  const std::span<const std::unique_ptr<Messenger>> lines_;
  double device_notice_ = 0;
  std::vector<One> people_;
  const incident::Ledger* ledger_ = nullptr;
  const seal::Certificate* caller_ = nullptr;
};

}  // namespace tocsin::drill
