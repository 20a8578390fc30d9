// What the forecast learns from: the counts of every incident and declared exercise that has ended,
// and for a year who was called in it. An incident that ends several times is kept once.
// tocsin-home(5) specifies the file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "callout/belief.h"
#include "home/home.h"
#include "incident/state/event.h"
#include "incident/state/state.h"

namespace tocsin::record {

// How long the file keeps who was called: calls are spread over people by those of the last year.
inline constexpr std::chrono::days kRemembered{365};

struct Night {
  seal::MessageId incident;
  std::string label;
  seal::Realness realness = seal::Realness::exercise;
  base::Instant declared;
  callout::Evidence counts;
  std::vector<incident::PersonId> called;  // sorted; empty for a night more than a year ago
};

// People who were asked on a device, whether they answered or not.
int asked_by_device(const Night& night) noexcept;

// The night of an incident that has ended.
Night night_of(const incident::State& state);

class History {
 public:
  // Replaces an earlier night of the same incident.
  void add(Night night);
  // Removes who was called in nights more than a year ago.
  void forget(base::Instant now);

  const std::vector<Night>& nights() const noexcept { return nights_; }  // the latest first
  std::map<incident::PersonId, int> times_called(base::Instant now) const;
  // Those in which this person was called, as long as that is remembered; the latest first.
  std::vector<Night> nights_of(const incident::PersonId& person) const;
  // The event for the journal of an incident that is declared now.
  incident::HistoryTaken taken(base::Instant now) const;

 private:
  std::vector<Night> nights_;
};

base::Bytes encode(const History& history);
// nullopt for bytes that `encode` does not write.
std::optional<History> decode_history(base::ByteView bytes);

// Empty when no night has ended yet. Faults (untrusted) when the file was changed.
History read_history(const home::Home& home, const seal::StoreKey& store);
// Adds the night of an incident that has ended.
void remember_night(const home::Home& home, const seal::StoreKey& store,
                    const incident::State& state, base::Random& random);

}  // namespace tocsin::record
