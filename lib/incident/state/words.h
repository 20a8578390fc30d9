// The enumerations of an incident: answers, audiences, prompts and their verdicts. The numbers are
// stored and sent, so they never change.
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

// A responder's answer.
enum class Answer : std::uint8_t {
  none = 0,
  coming = 1,       // with an ETA
  later = 2,        // from a time
  last_resort = 3,  // only if you are short
  no = 4,
  arrived = 5,  // I am here
  leaving = 6,  // I must go
  seen = 7,     // sent by the device when it shows a message: reached, but not answered
};
std::string_view to_text(Answer answer) noexcept;                        // "last resort"
std::optional<Answer> answer_from_text(std::string_view text) noexcept;  // "last-resort"

// Who a `tell` is for.
enum class Audience : std::uint8_t { area = 1, role = 2, coming = 3, asked = 4, person = 5 };
std::string_view to_text(Audience audience) noexcept;

// The questions to a coordinator; there are no others (lib/README.md, rule 2; prompt.h).
enum class Flag : std::uint8_t {
  gap = 1,             // posts for which nobody is left on the roster
  phone_list = 2,      // people wait to be rung
  rest_override = 3,   // only people whose rest would be broken are left
  refused = 4,         // many forged or refused messages
  channel_failed = 5,  // a channel is out of reach
  lead_missing = 6,    // nobody is coming to the post that leads an area
  unsettled = 7,       // the decisions contradict each other, and nobody new is placed
};
std::string_view to_text(Flag flag) noexcept;

// Why what somebody wrote in words is no answer.
enum class Unread : std::uint8_t {
  unclear = 1,   // an answer, perhaps: they are told how to answer
  clinical = 2,  // it may speak of a patient: not kept, and they are told so
  stop = 3,      // they want no more messages at this address
  whose = 4,     // several people have the address, and it names none of them
  // These are not in the journal.
  automatic = 5,  // an out-of-office note, a bounce: never answered
  no_time = 6,    // a clear yes that does not say when
};
std::string_view to_text(Unread unread) noexcept;

// How a prompt was answered.
enum class Verdict : std::uint8_t { accepted = 1, declined = 2, expired = 3 };
std::string_view to_text(Verdict verdict) noexcept;

}  // namespace tocsin::incident
