// The answers that a channel with buttons offers below a message that asks for one, and what a
// button carries there and back: which message it is below, and words that are read as if somebody
// had written them (tocsin-respond(1), ANSWERS IN WORDS).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "seal/envelope.h"

namespace tocsin::channel {

struct AnswerButton {
  std::string_view label;  // at most 20 characters, which is what messengers take
  std::string_view words;
  int row = 0;
};

// A later time has its hour in the button, because "later" alone is no answer.
inline constexpr auto kAnswerButtons = std::to_array<AnswerButton>({
    {"Coming in 15 min", "Y 15", 0},
    {"Coming in 30 min", "Y 30", 0},
    {"Coming in 45 min", "Y 45", 1},
    {"Coming in 60 min", "Y 60", 1},
    {"Later, in 2 hours", "L 120", 2},
    {"Later, in 4 hours", "L 240", 2},
    {"Only if short", "LR", 3},
    {"Cannot come", "N", 3},
});
// Where there is room for three only.
inline constexpr auto kFewAnswerButtons = std::to_array<AnswerButton>({
    {"Coming", "Y", 0},
    {"Only if short", "LR", 1},
    {"Cannot come", "N", 2},
});

// At most 28 bytes: "ID:WORDS", with the id in 22 characters of base64url.
std::string button_data(const seal::MessageId& about, const AnswerButton& button);

struct Tapped {
  seal::MessageId about;
  std::string_view words;  // of one of the buttons above
};
// Nullopt for what is on none of the buttons.
std::optional<Tapped> tapped(std::string_view data);

}  // namespace tocsin::channel
