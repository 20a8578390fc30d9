// What the organisation's own nights taught: of every incident and every declared exercise that
// ended, the counts that the forecast learns from, and for a year who was called. A night is
// remembered once however often it ends. Bytes and place: tocsin-home(5).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "callout/belief.h"
#include "home/home.h"
#include "incident/event.h"
#include "incident/state.h"

namespace tocsin::record {

// How long it is remembered who was called: the burden that is to be spread is that of a year.
inline constexpr std::chrono::days kRemembered{365};

struct Night {
  seal::MessageId incident;
  std::string label;
  seal::Realness realness = seal::Realness::exercise;
  base::Instant declared;
  callout::Evidence counts;
  std::vector<incident::PersonId> called;  // sorted; nobody when the night is over a year ago
};

// Of an incident that has ended, as far as its journal knows.
Night night_of(const incident::State& state);

class History {
 public:
  // Replaces what was known of the same incident.
  void add(Night night);
  // Forgets who was called in nights that are over a year ago.
  void forget(base::Instant now);

  const std::vector<Night>& nights() const noexcept { return nights_; }  // the latest first
  std::map<incident::PersonId, int> times_called(base::Instant now) const;
  // For the journal of an incident that is declared now.
  incident::HistoryTaken taken(base::Instant now) const;

 private:
  std::vector<Night> nights_;
};

base::Bytes encode(const History& history);
// nullopt for bytes that `encode` cannot have written.
std::optional<History> decode_history(base::ByteView bytes);

// Empty when no night is over yet. Faults (untrusted) when the file was changed.
History read_history(const home::Home& home, const seal::StoreKey& store);
// Adds the night of an incident that has ended.
void remember_night(const home::Home& home, const seal::StoreKey& store,
                    const incident::State& state, base::Random& random);

}  // namespace tocsin::record
