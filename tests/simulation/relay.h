// A sealed channel over a bad network: messages are lost, late, doubled and out of order, each way,
// and the relay is out of reach now and then. It forgets what it was told to forget.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "channel/channel.h"
#include "drill/run/memory.h"
#include "simulation/diary.h"
#include "simulation/hospital.h"
#include "simulation/trouble.h"

namespace tocsin::simulation {

class Relay final : public channel::Carrier<contact::Class::sealed>, public drill::Phones {
 public:
  // `clock` is the true time, which the network lives by.
  Relay(const Hospital& hospital, const seal::VerifyKey& control, const Trouble& trouble,
        const base::Clock& clock, seal::MessageId incident, Diary& diary,
        base::SeededRandom random);

  std::string_view name() const noexcept override { return "relay"; }
  std::vector<channel::Delivery> send(std::span<const channel::SealedMessage> batch) override;
  channel::Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override;

  std::vector<device::Message> fetch(std::size_t person, base::Instant now) override;
  void send(std::size_t person, const seal::Header& header, const incident::Reply& reply) override;

  // The answer is under way for so long at least.
  void send_late(std::size_t person, const seal::Header& header, const incident::Reply& reply,
                 base::Milliseconds at_least);

  // When something arrives by itself.
  std::optional<base::Instant> next() const;
  bool is_out() const;
  // Answers that are under way or wait to be collected.
  bool has_answer_of(std::size_t person) const;

  // Called with each message before it goes out; may be empty.
  std::function<void(const seal::MessageId&)> before_sending;
  // Called with each answer before it is forgotten; may be empty.
  std::function<void(std::size_t person, const seal::MessageId&)> before_forgetting;
  std::uint64_t forgotten() const noexcept { return forgotten_; }
  const std::vector<seal::MessageId>& sent() const noexcept { return sent_; }

  bool forgets_at_once = false;  // the planted fault

 private:
  struct Item {  // for control: an answer, or the receipt of a message
    base::Instant due;
    std::size_t person = 0;
    base::Bytes answer;
    seal::MessageId id;
    bool is_receipt = false;
  };
  struct Letter {  // for a device
    base::Instant due;
    base::Bytes envelope;
  };
  base::Instant in_reach_at(base::Instant at) const;
  void post(std::size_t person, const base::Bytes& envelope);
  base::Instant due(double late);
  void forget(const Item& item);

  const Hospital& hospital_;
  const drill::OpenEnvelopes open_;
  const Trouble& trouble_;
  const base::Clock& clock_;
  const seal::MessageId incident_;
  Diary& diary_;
  base::SeededRandom random_;
  std::map<std::string, std::size_t> person_by_mailbox_;
  std::vector<std::vector<Letter>> mailboxes_;
  std::vector<Item> under_way_;
  std::vector<Item> kept_;  // to be collected, not yet acknowledged
  std::uint64_t acknowledged_ = 0;
  std::vector<base::Instant> outages_;  // when each begins
  std::uint64_t forgotten_ = 0;
  std::vector<seal::MessageId> sent_;
};

}  // namespace tocsin::simulation
