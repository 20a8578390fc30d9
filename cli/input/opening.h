// How a command gets at the organisation's folder and its keys. Every command that needs one begins
// here, so that all of them look for the passphrase in the same places.
#pragma once

#include "home/home.h"
#include "input/context.h"

namespace tocsin::cli {

// The folder that --home names. From here on people see the clock of its time zone, unless TZ names
// another.
home::Home open_home(const Context& context);

// With the coordinator's key: from --passphrase-file, the keyring or the terminal.
home::Unlocked unlock(const Context& context, const home::Home& home);

// With the organisation's key, to enrol and to certify.
seal::Identity unlock_organisation(const Context& context, const home::Home& home);

}  // namespace tocsin::cli
