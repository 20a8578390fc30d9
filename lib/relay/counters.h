// What a relay counts, in the format that Prometheus reads (tocsin-relay(5), METRICS). All are sums
// over everybody: they hold no key, mailbox, address or name. For one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "relay/hook/hooks.h"
#include "wire/messages.h"

namespace tocsin::relay {

struct Counters {
  std::array<std::uint64_t, 6> answers{};   // by the first digit of their status
  std::uint64_t too_many = 0;               // answers 429 and 503
  std::uint64_t accepted = 0;               // connections
  std::uint64_t turned_away = 0;            // connections for which there was no room
  std::uint64_t timed_out = 0;              // connections
  std::array<std::uint64_t, 7> outcomes{};  // of messages, by wire::Outcome
  std::array<std::uint64_t, kHookOutcomes.size()> hooks{};  // of posts to hooks
  std::uint64_t acknowledgements = 0;
  std::uint64_t given_out = 0;  // items
  std::uint64_t woken = 0;      // readers
  std::uint64_t commits = 0;
  std::uint64_t failed_commits = 0;
  std::uint64_t syncs = 0;
  double sync_seconds = 0;

  void count_answer(int status) noexcept;
  void count(HookOutcome outcome) noexcept { ++hooks[static_cast<std::size_t>(outcome)]; }
  void count(wire::Outcome outcome) noexcept { ++outcomes[static_cast<std::size_t>(outcome)]; }
};

// Figures of this moment.
struct Gauges {
  std::size_t connections = 0;
  std::size_t waiting = 0;
  std::size_t body_bytes = 0;
  std::size_t items = 0;
  std::uint64_t log_bytes = 0;
  bool store_works = true;
};

// In the text format 0.0.4.
std::string metrics_text(const Counters& counters, const Gauges& gauges);

}  // namespace tocsin::relay
