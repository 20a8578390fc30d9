// The fields that the messages of a playbook may use, and how long messages may become. A
// coordinator's own words (tocsin tell) have the same limit.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string_view>

#include "playbook/playbook.h"
#include "playbook/template.h"

namespace tocsin::playbook {

// The coordinator's own words in an update, in characters.
inline constexpr std::size_t kLongestMessageText = 280;

// The most characters that a message may have with its fields at their longest. A nudge is one text
// message (160 characters of GSM 7-bit, 3GPP TS 23.038); a request fits a phone of 320 x 568
// points.
std::size_t longest(MessageKind kind);

// The fields that a message may use: those that have a value when it is sent. A nudge, which
// strangers may read, names neither place nor role.
std::span<const Field> fields_for(MessageKind kind);

// The longest value that each field can have in this playbook, in characters.
std::map<Field, std::size_t> longest_fields(const Playbook& playbook);

// What a message tells somebody to do. Nothing for a coordinator's own words: no code word can say
// them.
std::optional<Meaning> meaning_of(MessageKind kind, bool has_ended);

// The English text that is used when a playbook has none.
std::string_view built_in(MessageKind kind);

}  // namespace tocsin::playbook
