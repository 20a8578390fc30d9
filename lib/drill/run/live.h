// Devices on a real relay. Each has its own keys, fetches from its own mailbox, makes the same
// checks as a responder's device, and seals its answers to the incident.
#pragma once

#include <vector>

#include "base/clock.h"
#include "channel/mailbox.h"
#include "drill/people/phones.h"

namespace tocsin::drill {

struct Device {
  seal::Identity identity;
  seal::Certificate certificate;
};

class RelayPhones final : public Phones {
 public:
  // `devices` are in the order of people. They trust certificates of `organisation`.
  RelayPhones(channel::RelayAddress relay, std::vector<Device> devices,
              const seal::VerifyKey& organisation, const seal::PublicIdentity& incident,
              const base::Clock& clock, base::Random& random);

  std::vector<device::Message> fetch(std::size_t person, base::Instant now) override;
  void send(std::size_t person, const seal::Header& header, const incident::Reply& reply) override;

 private:
  channel::Mailbox mailbox_of(std::size_t person) const;

  channel::RelayAddress relay_;
  std::shared_ptr<channel::HttpClient> http_;  // shared: a connection each would use up the ports
  std::vector<Device> devices_;
  std::vector<std::uint64_t> cursors_;
  seal::VerifyKey organisation_;
  seal::PublicIdentity incident_;
  const base::Clock& clock_;
  base::Random& random_;
  bool is_announced_ = false;  // some device has had a message
};

}  // namespace tocsin::drill
