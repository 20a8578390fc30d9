// What the commands of an incident have in common: which incident is meant, an order that is
// carried out or only tried, and what is said of it.
#pragma once

#include <string>

#include "control/session.h"
#include "input/context.h"
#include "input/options.h"

namespace tocsin::cli {

// Adds --incident LABEL. The default is the only incident that is open.
void add_incident_option(Options& app, std::string& label);

// With the home that --home names, and its keys. With `at`, a time as people write it, the state is
// what was known then.
control::Session open_incident(const Context& context, const std::string& label,
                               control::Access access, const std::string& at = {});

// A note when no incident was named and this is the last one, because none is open.
void note_end(const Context& context, const std::string& label, const incident::State& state);
// A note when a sheet lacks people who have to hear of the end, because no driver wrote it yet.
void note_unwritten_end(const Context& context, const incident::State& state);

// In a dry run nothing is appended: the order is what would be done.
incident::Order carry_out(const Context& context, control::Session& session,
                          const control::Session::Make& order);

// Prints what an order did, and a note when no process drives.
void report(Context& context, control::Session& session, const incident::Order& order);

// Both.
void act(Context& context, control::Session& session, const control::Session::Make& order);

}  // namespace tocsin::cli
