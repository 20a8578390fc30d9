#include "incident/calling/unfillable.h"

#include "incident/calling/candidate.h"

namespace tocsin::incident {

namespace {

// An id for each answer: all must differ.
seal::MessageId numbered(PersonIndex person) {
  seal::MessageId id;
  for (std::size_t i = 0; i < sizeof person; ++i)
    id.bytes[i] = static_cast<std::uint8_t>(person >> (8 * i));
  return id;
}

}  // namespace

std::vector<EmptySeats> unfillable(State declared) {
  const base::Instant now = declared.declared_at;
  for (PersonIndex p = 0; p < declared.people.size(); ++p)
    if (is_candidate(declared, p))
      declared.apply({now, "",
                      Replied{numbered(p), declared.roster[p].id, Answer::coming,
                              now + declared.roster[p].travel, kPhone}});
  Pool pool;
  pool.follow(declared, now);
  return pool.empty_seats(declared);
}

}  // namespace tocsin::incident
