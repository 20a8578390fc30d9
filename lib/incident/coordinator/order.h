// What a coordinator orders, as events to be appended: pure functions of the state. An order that
// cannot be carried out is a Fault whose hint says what to do instead; one that was carried out
// already has no events. Sends nothing: what follows from an order is for `step` to find.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "incident/message/payload.h"
#include "incident/state/event.h"
#include "incident/state/state.h"

namespace tocsin::incident {

struct Order {
  std::vector<Body> events;  // empty: it was so already
  std::string said;          // what this does, for the coordinator; no contact points
};

// An answer that a human took, face to face or by radio; one over the telephone is kPhone's.
inline const ChannelId kHand{"hand"};

// From now on so many, in all, by then. Without `by`: when the post was needed before, or in half
// an hour if that has passed.
Order set_need(const State& state, PostIndex post, int count, std::optional<base::Instant> by,
               std::string why, base::Instant now);

// `when` is needed for "later"; for "coming" it is the journey from home unless given.
Order reply_for(const State& state, PersonIndex person, const Reply& reply,
                const ChannelId& heard_on, base::Instant now, base::Random& ids);

// What a coordinator knowingly sets aside. Each is written into the reason.
struct Overrides {
  bool rest = false;
  bool skills = false;
};
Order assign(const State& state, PersonIndex person, PostIndex post, const Overrides& overrides,
             std::string why, base::Instant now);
Order release(const State& state, PersonIndex person, std::string why);

struct Hearers {
  Audience audience = Audience::asked;
  std::string whom;  // as in Told
};
// "area:resus", "role:nurse", "coming", "asked", or a person.
Hearers find_hearers(const State& state, std::string_view text);
std::vector<PersonIndex> people_of(const State& state, const Hearers& hearers);
// Faults (not_reached) when nobody would hear it; (usage) when it could hold a patient's details.
Order tell(const State& state, const Hearers& hearers, std::string text, base::Instant now,
           base::Random& ids);

Order decide(std::string decision, std::string why);
Order stand_down(const State& state, std::string why);

// A coordinator's own words: not empty, on one line, at most kMostWords bytes; else a Fault
// (usage).
std::string words_of(std::string_view text, std::string_view what);
inline constexpr std::size_t kMostWords = 1'000;

// Rest that would be broken if the person worked in that post, in words; empty when none.
std::vector<std::string> rest_broken_by(const State& state, PersonIndex person, PostIndex post,
                                        base::Instant arrives);

}  // namespace tocsin::incident
