// How a board looks: lines for a screen, and its JSON (tocsin-board(1)).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "incident/view/board.h"
#include "screen/output.h"

namespace tocsin::cli {

// At most `columns` wide, and at most `rows` lines when there are that many to have: areas that are
// full go first, and are summed up in one line.
std::vector<std::string> board_lines(const incident::Board& board, const Output& out,
                                     std::size_t columns, std::size_t rows);

nlohmann::json board_json(const incident::Board& board);

// What a script is told when it stops driving: posts of the running shift that are still open.
base::Exit exit_of(const incident::Board& board);

}  // namespace tocsin::cli
