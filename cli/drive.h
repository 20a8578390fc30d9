// Driving an incident before somebody's eyes until it is over or they leave: what `run` does, and
// `declare --run`.
#pragma once

#include <string>

#include "control/session.h"
#include "input/context.h"

namespace tocsin::cli {

// `relay`: "ADDR:PORT" to serve the mailboxes from this process too; empty: the one of tocsin.yaml.
base::Exit drive(Context& context, control::Session& session, const std::string& relay);

}  // namespace tocsin::cli
