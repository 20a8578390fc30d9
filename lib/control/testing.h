// A test of one channel (tocsin-channel(1)): writes to contact points, hears receipts and answers,
// and says what came of each. STOP is taken as in a night. It waits for nothing itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/allowance.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/zone.h"
#include "channel/channel.h"
#include "control/contact_tests.h"
#include "control/errands.h"
#include "roster/people/roster.h"

namespace tocsin::control {

// One contact point, as indices into the roster and the person's contacts.
struct TestTarget {
  std::size_t person = 0;
  std::size_t contact = 0;
};

struct TestScope {
  std::vector<TestTarget> targets;
  std::size_t wrong_numbers = 0;  // contact points that are left out
  std::size_t withdrawn = 0;      // the same
};
// The usable contact points of active people on the channel; of these people alone unless `people`
// is empty.
TestScope scope_of(const roster::Roster& roster, const roster::ChannelId& channel,
                   const std::vector<roster::PersonId>& people);
// Leaves the contact points of so many people, drawn by chance.
void sample(TestScope& scope, std::size_t people, std::uint64_t seed);

// How long the channel takes to send so many messages.
base::Milliseconds time_to_send(std::size_t messages, base::Rate rate) noexcept;

class Testing {
 public:
  struct Hearers {
    // Somebody wants no more messages at the address: kept before the channel forgets that they
    // said it. False when they were told before.
    std::function<bool(const std::string& address, base::Instant at)> stop;
    // Keeps what is known so far, for the same reason.
    std::function<void(const std::vector<TestedPoint>&)> keep;
    // What is no answer to a test; returns what to say to it, and an empty nudge when that is
    // nothing. May be empty.
    std::function<std::optional<playbook::Nudge>(const channel::Said&)> other{};
  };

  // All outlive it. `wait`: how long a message is worth sending.
  Testing(channel::Channel& channel, const roster::Roster& roster,
          const std::vector<TestTarget>& targets, const std::string& organisation,
          base::Milliseconds wait, const base::Clock& clock, base::Random& ids, Hearers hearers);

  // Takes in what has come and sends what is due; true when there was any.
  bool turn();
  // Everybody has answered or failed, and everything is said.
  bool is_over() const;
  std::vector<TestedPoint> points() const;
  // The addresses at which somebody sent STOP meanwhile.
  std::size_t stopped() const noexcept { return stopped_.size(); }

 private:
  struct Tested {
    TestTarget target;
    std::size_t errand = 0;
    std::optional<base::Instant> answered{};
  };

  bool take_in();
  void hear(const channel::Said& said);
  void stop(const channel::Said& said);
  bool has_address(const std::string& address) const;
  const roster::ContactPoint& contact(const Tested& one) const;

  channel::Channel& channel_;
  const roster::ChannelId id_;
  const roster::Roster& roster_;
  const base::Clock& clock_;
  const Hearers hearers_;
  const base::Instant begun_;
  const base::Zone zone_ = base::Zone::of_process();
  Errands errands_;
  std::vector<Tested> all_;
  std::set<std::string> stopped_;
};

}  // namespace tocsin::control
