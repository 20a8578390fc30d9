// Answering a prompt in a key on the live board: its number, then a (accept) or n (no).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "incident/state/event.h"

namespace tocsin::cli {

struct PromptAnswer {
  std::uint64_t number = 0;
  incident::Verdict verdict = incident::Verdict::accepted;
};

class PromptKeys {
 public:
  // What the key completes, if it does. Any other key begins again.
  std::optional<PromptAnswer> press(char key);
  // For the foot of the board; empty when nothing was begun.
  std::string hint() const;

 private:
  std::string digits_;
};

// The reason that the record has for a no in one key.
inline constexpr const char* kDeclinedOnBoard = "declined on the board";

}  // namespace tocsin::cli
