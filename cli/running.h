// Driving an incident until it is over or somebody stops it: what `run` does, and `declare --run`.
#pragma once

#include <string>

#include "session.h"

namespace tocsin::cli {

// `relay`: "ADDR:PORT" to serve the mailboxes from this process too; empty: the one of tocsin.yaml.
base::Exit run_incident(Context& context, Session& session, const std::string& relay);

}  // namespace tocsin::cli
