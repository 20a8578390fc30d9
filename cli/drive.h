// Driving an incident before somebody's eyes until it is over or they leave: what `run` does, and
// `declare --run`.
#pragma once

#include <memory>
#include <string>

#include "control/session.h"
#include "input/context.h"

namespace tocsin::cli {

// The right to drive. Waits for a process that may hang; null when another process drives, which is
// said.
std::unique_ptr<control::Lease> take_lease(Context& context, control::Session& session);

// What is said when another process has taken over while this one hung. With --json it is one line,
// because lines may have gone before.
base::Exit say_superseded(Context& context, control::Session& session);

// base::Exit::driven when another process drives, or has taken over while this one hung. `relay` is
// "ADDR:PORT" for a relay in this process, or empty for the one in tocsin.yaml.
base::Exit drive(Context& context, control::Session& session, const std::string& relay);

}  // namespace tocsin::cli
