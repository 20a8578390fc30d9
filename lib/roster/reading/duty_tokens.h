// The words of a text that may say a duty, without the times of day that stand among them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::roster {

struct DutyToken {
  std::string text;
  char before = '-';      // what joined it to the token before: / . _ or anything else as -
  bool is_apart = false;  // by more than a space or a hyphen: "Sick - Ward 5"
};

// "A/L" and "A.L." are one word.
std::vector<DutyToken> tokens_of(std::string_view text);
// `count` of them, with hyphens between.
std::string phrase_of(const std::vector<DutyToken>& tokens, std::size_t from, std::size_t count);

// "?", "½", what is struck out, and the signs by which people cross out or say to be away: ❌, 🌴.
bool has_mark_of_doubt(std::string_view text);

// How many, and not what: "x2", "2x".
bool is_multiple(std::string_view token);

// What is a time only to people is blanked: "8am-8pm", "0800-2000", "12h". A code of a shift may be
// written so, for which it stays in the key of a text.
std::string without_hours(std::string folded);

}  // namespace tocsin::roster
