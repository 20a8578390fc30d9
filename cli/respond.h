// What a responder's commands have in common: the device that --home names, and an answer that is
// sent and then shown.
#pragma once

#include <optional>
#include <string>

#include "device/terminal.h"
#include "input/context.h"
#include "input/options.h"

namespace tocsin::cli {

// --spool FOLDER, which open_terminal takes.
void add_spool_option(Options& app, std::string& folder);

// Unlocks the device's key. Faults when this home has no device. With `spool` it uses that folder
// (tocsin-channel(5)) and never the relay.
device::Terminal open_terminal(const Context& context, const std::string& spool);

// The arrival by `--eta` from now. Faults (usage) when it is not a time.
base::Instant arrival_in(const Context& context, const std::string& eta);

// Sends the answer and prints it. Faults (invalid) when the incident has ended, and (unreachable,
// untrusted) when the relay did not take it.
base::Exit send_answer(Context& context, device::Terminal& terminal,
                       const device::OpenLetter& letter, const incident::Reply& reply);

}  // namespace tocsin::cli
