// The lines that are exchanged with a program of the organisation's own (tocsin-channel(5), EXEC).
// What it writes is hostile until it is decoded here.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/instant.h"
#include "channel/channel.h"
#include "channel/said.h"

namespace tocsin::channel {

inline constexpr std::size_t kMostExecLine = 8'192;    // that it is given, with its line feed
inline constexpr std::size_t kMostExecAnswer = 4'096;  // that is read, without its line feed

// `text` is the nudge in words. Ends with a line feed.
std::string exec_line(const Outgoing<playbook::Nudge>& message, std::string_view text);
// That the journal has its answer `theirs`.
std::string exec_kept_line(std::string_view theirs);

struct ExecSaid {
  std::string theirs;  // its own name of the answer
  Said said;
};
// Nothing: it is no such line.
using ExecAnswer = std::variant<std::monostate, Delivery, ExecSaid>;
ExecAnswer parse_exec_line(std::string_view line);

}  // namespace tocsin::channel
