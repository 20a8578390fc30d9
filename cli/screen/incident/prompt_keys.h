// Reads the answer to a prompt from keys on the live board: its number, then a (accept) or n (no).
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
  // Returns the answer that the key completes. Any other key begins again.
  std::optional<PromptAnswer> press(char key);
  // The text for the foot of the board; empty when no number was typed.
  std::string hint() const;

 private:
  std::string digits_;
};

// The reason in the record for a no by key.
inline constexpr const char* kDeclinedOnBoard = "declined on the board";

}  // namespace tocsin::cli
