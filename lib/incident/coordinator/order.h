// A coordinator's orders as events to append: pure functions of the state. An order that cannot be
// carried out is a Fault whose hint says what to do instead. One that was carried out before has no
// events. `step` finds what follows from an order and what to send.
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
  std::vector<Body> events;  // empty when there was nothing to change
  std::string said;          // what this does, for the coordinator; no contact points
};

// An answer that a person took face to face or by radio. For the telephone it is kPhone.
inline const ChannelId kHand{"hand"};

// The post now needs `count` people in all, by `by`. Without `by`: by the time until now, or in
// half an hour if that has passed.
Order set_need(const State& state, PostIndex post, int count, std::optional<base::Instant> by,
               std::string why, base::Instant now);

// "later" needs `when`; for "coming" the default is the travel time from home.
Order reply_for(const State& state, PersonIndex person, const Reply& reply,
                const ChannelId& heard_on, base::Instant now, base::Random& ids);

// The rules that a coordinator overrides. Each is written into the reason.
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
// Faults (not_reached) when nobody would get it; (usage) when it may contain details of a patient.
Order tell(const State& state, const Hearers& hearers, const std::string& text, base::Instant now,
           base::Random& ids);

Order decide(std::string decision, std::string why);
Order stand_down(const State& state, std::string why);

// Checks a coordinator's own words: one line, not empty, at most kMostWords bytes; otherwise a
// Fault (usage).
std::string words_of(std::string_view text, std::string_view what);
inline constexpr std::size_t kMostWords = 1'000;

// In words, the rest rules that would be broken if the person worked in that post.
std::vector<std::string> rest_broken_by(const State& state, PersonIndex person, PostIndex post,
                                        base::Instant arrives);

}  // namespace tocsin::incident
