// The words of an incident, each of a closed set: answers, audiences, prompts and their verdicts.
// The numbers are stored and travel; they never change.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "playbook/playbook.h"
#include "roster/people/roster.h"

namespace tocsin::incident {

using playbook::AreaId;
using playbook::ChannelId;
using playbook::PostId;
using roster::PersonId;

inline const ChannelId kPhone{"phone"};

// What a responder says.
enum class Answer : std::uint8_t {
  none = 0,
  coming = 1,       // with an ETA
  later = 2,        // from a time
  last_resort = 3,  // only if you are short
  no = 4,
  arrived = 5,  // I am here
  leaving = 6,  // I must go
  seen = 7,     // said by the device when it shows a message: reached, not yet answered
};
std::string_view to_text(Answer answer) noexcept;                        // "last resort"
std::optional<Answer> answer_from_text(std::string_view text) noexcept;  // "last-resort"

// Who a `tell` is for.
enum class Audience : std::uint8_t { area = 1, role = 2, coming = 3, asked = 4, person = 5 };
std::string_view to_text(Audience audience) noexcept;

// The closed set of things that a coordinator is asked about (rule 2; prompt.h).
enum class Flag : std::uint8_t {
  gap = 1,             // posts that nobody left on the roster can fill
  phone_list = 2,      // people wait to be rung by a human
  rest_override = 3,   // only people whose rest would be broken are left
  refused = 4,         // a pattern of forged or refused messages
  channel_failed = 5,  // a channel is out of reach
  lead_missing = 6,    // nobody is coming to the post that leads an area
};
std::string_view to_text(Flag flag) noexcept;

// What became of a prompt.
enum class Verdict : std::uint8_t { accepted = 1, declined = 2, expired = 3 };
std::string_view to_text(Verdict verdict) noexcept;

}  // namespace tocsin::incident
