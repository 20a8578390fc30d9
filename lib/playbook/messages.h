// What the messages of a playbook may say and how long they may become. A coordinator's own words
// (tocsin tell) are held to the same length.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string_view>

#include "playbook/playbook.h"
#include "playbook/template.h"

namespace tocsin::playbook {

// The coordinator's own words in an update, in characters.
inline constexpr std::size_t kLongestText = 280;

// Characters that a kind may have once its fields are at their longest. A nudge is one text message
// (160 characters of GSM 7-bit, 3GPP TS 23.038); a request shows whole on a phone of 320 x 568
// points.
std::size_t longest(MessageKind kind);

// The fields that a kind may use: those that have a value when it is sent. A nudge, which strangers
// may read, names neither place nor role.
std::span<const Field> fields_for(MessageKind kind);

// The most that each field can come to in this playbook, in characters.
std::map<Field, std::size_t> longest_fields(const Playbook& playbook);

// The English words that are used where a playbook is silent.
std::string_view built_in(MessageKind kind);

}  // namespace tocsin::playbook
