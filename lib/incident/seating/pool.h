// Keeps the optimal allocation up to date with an incident's state: who is available, which seats
// there are, and who holds them. It is a cache: its answers follow from the state alone. Everybody
// with a seat has been told so, and the allocation keeps people where they were told to go.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "allocation/allocator.h"
#include "incident/seating/ward.h"
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
  // Brings the allocation up to date. It assumes that people at home, in reserve or with a seat in
  // a later shift, would set out at `now`, rounded up to kGrid, if they were needed.
  void follow(const State& state, base::Instant now);

  // Lets people who are kept out (last resort, stood down) hold these posts, because nobody else is
  // left to ask, or there is no time to wait. Other posts are closed to them again.
  void open_to_all(const State& state, std::set<PostIndex> posts);

  std::optional<SlotIndex> seat_of(PersonIndex person) const {
    return seats_[person] ? std::optional{seats_[person]->slot} : std::nullopt;
  }
  // Whether the person is a spare for their seat (spare.h).
  bool is_spare(PersonIndex person) const { return seats_[person] && seats_[person]->is_spare; }
  int filled(SlotIndex slot) const { return filled_[slot]; }
  const std::vector<int>& open_by_post() const noexcept { return open_; }  // seats without anyone

  // The most important first. Takes time linear in the people: call it for a result.
  std::vector<EmptySeats> empty_seats(const State& state) const;

  // People whose seat may differ from that in the state. The call clears the list.
  std::vector<PersonIndex> take_changed();

 private:
  struct Seat {
    SlotIndex slot = 0;
    bool is_spare = false;
  };

  void rebuild(const State& state);
  std::set<PersonIndex> follow_risks(const State& state);
  std::set<PersonIndex> follow_orders(const State& state, const std::set<PersonIndex>& fresh);
  std::set<PersonIndex> follow_wards(const State& state, const std::set<PersonIndex>& fresh);
  void refresh(const State& state, PersonIndex person);
  std::optional<allocation::Responder> responder(const State& state, PersonIndex person) const;
  bool is_in(const State& state, PersonIndex person) const;
  bool is_barred(const State& state, PersonIndex person, SlotIndex slot, base::Minutes eta) const;
  void seat(const State& state, PersonIndex person, const std::optional<allocation::PostId>& post);
  void note(const State& state, const std::vector<allocation::Move>& moves);

  std::optional<allocation::Allocator> allocator_;
  std::vector<allocation::PostId> slot_ids_;
  std::unordered_map<allocation::PostId, Seat> slot_by_id_;
  // Everybody's seat in the allocator, kept up to date from the moves that it reports.
  std::vector<std::optional<Seat>> seats_;        // by person
  std::vector<int> filled_;                       // by slot
  std::vector<int> open_;                         // by post
  std::vector<bool> from_duty_;                   // by person: on duty, and may leave the ward
  std::vector<AtWork> at_work_;                   // by person: what that choice depends on
  std::vector<std::optional<PostIndex>> pinned_;  // by person: the post of a coordinator's order
  std::set<PostIndex> open_to_all_;
  std::set<SlotIndex> at_risk_;     // seats for which a spare is sent
  std::uint64_t spare_review_ = 0;  // that at_risk_ follows from
  std::uint64_t needs_revision_ = 0;
  std::size_t people_ = 0;
  std::size_t seen_ = 0;   // entries of State::touched that were handled
  base::Minutes grid_{0};  // the time of the last update, from the declaration
  std::set<PersonIndex> changed_;
};

// Somebody who is on site earlier than this before a later shift has come for an earlier shift.
// Assumed.
inline constexpr base::Minutes kBeforeShift{120};
// The steps in which the pool moves the time of people who wait at home. Smaller steps would cost
// more time than they are worth.
inline constexpr base::Minutes kGrid{5};

}  // namespace tocsin::incident
