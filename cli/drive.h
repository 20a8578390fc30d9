// Driving an incident before somebody's eyes until it is over or they leave: what `run` does, and
// `declare --run`.
#pragma once

#include <string>

#include "control/session.h"
#include "input/context.h"

namespace tocsin::cli {

// `relay` is "ADDR:PORT" for a relay in this process, or empty for the one in tocsin.yaml.
base::Exit drive(Context& context, control::Session& session, const std::string& relay);

}  // namespace tocsin::cli
