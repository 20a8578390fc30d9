// A small incident in a hostile world: messages are lost, late, doubled and out of order, the
// process dies at any append, the clock jumps. After every turn a checker compares the journal with
// the messages that were really sent.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "drill/people/people.h"
#include "drill/people/synthetic.h"
#include "drill/run/memory.h"
#include "incident/loop/drive.h"
#include "incident/state/ledger.h"
#include "journal/memory.h"

namespace tocsin::simulation {

// Thrown where a real process would be killed. It is not a std::exception, so that no code catches
// it by accident.
struct Killed {};

enum class DieAt { never, before_append, after_append };
enum class Plant { nothing, forgets_an_append };

struct Chances {
  double lost = 0;      // of an outgoing message; its receipt is failed or unknown
  double doubled = 0;   // of an outgoing message or a reply
  double late = 0;      // of a reply, by up to ten minutes
  double shuffled = 0;  // of a batch of replies
};

// Keeps its events when the process dies, and kills the process at one append.
class MortalJournal final : public journal::Journal {
 public:
  std::uint64_t size() override { return kept_.size(); }
  seal::Hash head() override { return kept_.head(); }
  void read_after(std::uint64_t after, const journal::Visit& visit) override {
    kept_.read_after(after, visit);
  }
  journal::Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                         journal::Fence fence = {}) override;
  bool has_news() override { return kept_.has_news(); }

  DieAt die = DieAt::never;
  std::uint64_t die_on = 0;  // number of the append that kills, from 1
  std::uint64_t appends = 0;
  bool forgets = false;  // the planted bug: one append says done and keeps nothing

 private:
  journal::MemoryJournal kept_;
};

// A bad network between the driver and the devices. It records everything that was sent.
class BadNetwork final : public channel::Carrier<contact::Class::sealed> {
 public:
  BadNetwork(drill::MemoryPost& post, const base::Clock& clock, Chances chances,
             base::SeededRandom random)
      : post_(post), clock_(clock), chances_(chances), random_(random) {}

  std::string_view name() const noexcept override { return "relay"; }
  std::vector<channel::Delivery> send(std::span<const channel::SealedMessage> batch) override;
  channel::Collected collect(base::Milliseconds patience) override;
  void acknowledge(std::uint64_t cursor) override;

  std::optional<base::Instant> next() const;  // when a late reply is due
  const std::multiset<seal::MessageId>& sent() const noexcept { return sent_; }

 private:
  struct Waiting {
    base::Instant due;
    base::Bytes content;
  };
  drill::MemoryPost& post_;
  const base::Clock& clock_;
  const Chances chances_;
  base::SeededRandom random_;
  std::vector<Waiting> late_;
  std::vector<base::Bytes> pending_;  // given to the driver, not yet acknowledged
  std::uint64_t acknowledged_ = 0;
  std::multiset<seal::MessageId> sent_;
};

class World {
 public:
  World(std::uint64_t seed, std::size_t staff, Chances chances, DieAt die, std::uint64_t die_on,
        Plant plant = Plant::nothing);

  // Plays the night to its end. Returns the checker's first finding, or nothing.
  std::string play();

  std::uint64_t appends() const noexcept { return journal_.appends; }
  std::uint64_t deaths() const noexcept { return deaths_; }
  const incident::State& state() const { return ledger_->state(); }

 private:
  void start();  // also after a death, with only the journal and the outside world left
  void declare();
  void turn();
  std::string check() const;
  std::string check_restart() const;

  playbook::Playbook playbook_;
  base::VirtualClock clock_;
  base::SeededRandom random_;
  drill::Staff staff_;
  std::vector<seal::PublicIdentity> devices_;
  seal::Identity organisation_;
  seal::MessageId incident_;
  drill::MemoryPost post_;
  BadNetwork network_;
  drill::OpenEnvelopes envelopes_;
  seal::Certificate certificate_;
  drill::People people_;
  MortalJournal journal_;
  std::optional<incident::Ledger> ledger_;
  std::optional<incident::Driver> driver_;
  std::size_t notified_ = 0;
  std::uint64_t deaths_ = 0;
};

}  // namespace tocsin::simulation
