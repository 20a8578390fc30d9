// Keeps the optimal allocation in step with an incident's state: who is available, what seats there
// are, and who sits where. A cache, never a memory: what it answers follows from the state alone,
// because everybody in a seat has been told so and the allocation keeps people where they were told
// to go.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "allocation/allocator.h"
#include "incident/state/state.h"
#include "roster/rota/rest.h"

namespace tocsin::incident {

// Seats of a post that nobody has, all its times taken together, and why.
struct EmptySeats {
  PostIndex post = 0;
  std::int64_t count = 0;
  std::string reason;  // "no responder has both airway and paediatrics"
};

class Pool {
 public:
  // Brings the allocation up to date. Whoever is at home with a later seat or in reserve would set
  // out at `now`, rounded up to kGrid, if a gap called for them.
  void follow(const State& state, base::Instant now);

  // From now on people who are kept out while others may still come (last resort, stood down) count
  // for these posts too, because there is nobody else left to ask or no more time to wait for them.
  // Posts that are not named are closed again.
  void open_to_all(const State& state, std::set<PostIndex> posts);

  std::optional<SlotIndex> seat_of(PersonIndex person) const {
    return seats_[person] ? std::optional{seats_[person]->slot} : std::nullopt;
  }
  // Sent for that seat in case somebody else does not come in time (spare.h).
  bool is_spare(PersonIndex person) const { return seats_[person] && seats_[person]->is_spare; }
  int filled(SlotIndex slot) const { return filled_[slot]; }
  const std::vector<int>& open_by_post() const noexcept { return open_; }  // seats without anyone

  // The most important first. Takes time linear in the people: call it for a result.
  std::vector<EmptySeats> empty_seats(const State& state) const;

  // People whose seat may differ from their place in the state; cleared by the call.
  std::vector<PersonIndex> take_changed();

 private:
  struct Seat {
    SlotIndex slot = 0;
    bool is_spare = false;
  };

  void rebuild(const State& state);
  std::set<PersonIndex> follow_risks(const State& state);
  void refresh(const State& state, PersonIndex person);
  std::optional<allocation::Responder> responder(const State& state, PersonIndex person) const;
  bool is_in(const State& state, PersonIndex person) const;
  void seat(const State& state, PersonIndex person, const std::optional<allocation::PostId>& post);
  void note(const State& state, const std::vector<allocation::Move>& moves);

  std::optional<allocation::Allocator> allocator_;
  std::vector<allocation::PostId> slot_ids_;
  std::unordered_map<allocation::PostId, Seat> slot_by_id_;
  // Where the allocator has everybody, kept up from the moves that it reports.
  std::vector<std::optional<Seat>> seats_;  // by person
  std::vector<int> filled_;                 // by slot
  std::vector<int> open_;                   // by post
  std::vector<bool> from_duty_;             // on duty, and may leave the ward
  std::set<PostIndex> open_to_all_;
  std::set<SlotIndex> at_risk_;            // a spare is sent for them
  std::optional<base::Instant> reviewed_;  // the forecast that says so
  std::uint64_t needs_revision_ = 0;
  std::size_t people_ = 0;
  std::size_t seen_ = 0;   // of State::touched
  base::Minutes grid_{0};  // the time of the last look, from the declaration
  std::set<PersonIndex> changed_;
};

// Whoever is on the site longer than this before a later shift has come for an earlier one.
// Assumed.
inline constexpr base::Minutes kBeforeShift{120};
// How finely the pool looks at time: moving everybody who waits at home with every tick would cost
// more than the minutes are worth.
inline constexpr base::Minutes kGrid{5};

}  // namespace tocsin::incident
