// The layout of a board: lines for a screen, and JSON (tocsin-board(1)).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "incident/view/board.h"
#include "screen/output.h"

namespace tocsin::cli {

// Lines of at most `columns`, and at most `rows` of them if possible: when there is no room, one
// line replaces the areas that are full.
std::vector<std::string> board_lines(const incident::Board& board, const Output& out,
                                     std::size_t columns, std::size_t rows);

nlohmann::json board_json(const incident::Board& board);

// The exit code when driving stops: unfilled when posts of the current shift are open, not reached
// when somebody is left to be told by a person.
base::Exit exit_of(const incident::Board& board);

}  // namespace tocsin::cli
