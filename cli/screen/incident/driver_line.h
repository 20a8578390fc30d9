// Who drives an incident, or that nobody does: a line of the board, words for a note, and JSON
// (tocsin-board(1)).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "control/session.h"
#include "screen/output.h"

namespace tocsin::cli {

// "Dr A. Okafor since 22:40, heard 2 s ago, on control-1, pts/3, process 4711".
std::string driver_words(const control::Driven& driven, base::Instant now);

// {"name", "host", "terminal", "process", "since", "heard_at", "silent"}, or null for nobody.
nlohmann::json driver_json(const std::optional<control::Driven>& driven);

// The board of a session (board_view.h), and under its title who drives, while there is something
// to drive. That nobody does is painted so that it is seen at once. A look back does not know who
// drove, because the journal does not say.
std::vector<std::string> live_board_lines(control::Session& session, base::Instant now,
                                          const Output& out, std::size_t columns, std::size_t rows);
nlohmann::json live_board_json(control::Session& session, base::Instant now);

}  // namespace tocsin::cli
