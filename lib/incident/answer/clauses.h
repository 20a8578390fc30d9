// An answer in clauses: the phrases between two stops, and before a question, "so" or "but".
#pragma once

#include <span>
#include <vector>

#include "incident/answer/spelling.h"
#include "incident/answer/times.h"

namespace tocsin::incident {

struct Clause {
  std::vector<Item> items;
  bool is_question = false;
  bool follows_but = false;
  bool follows_so = false;
  bool begins_line = false;
  bool is_below = false;  // after an empty line
};

// At least one. A digit from 1 to 4 at the beginning is a key of a telephone: coming, later, last
// resort, no.
std::vector<Clause> clauses_of(std::span<const Token> tokens);

}  // namespace tocsin::incident
