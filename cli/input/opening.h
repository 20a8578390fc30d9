// Opens the organisation's folder and its keys for a command. All commands use it, so that all look
// for the passphrase in the same places.
#pragma once

#include <optional>
#include <vector>

#include "contact/channel.h"
#include "home/home.h"
#include "input/context.h"

namespace tocsin::cli {

// Opens the folder that --home names. From then on, times are read and shown in its time zone.
home::Home open_home(const Context& context);

// What the home can send by. Nothing when there is no home; one that cannot be opened is noted
// only.
std::optional<std::vector<contact::ChannelId>> channels_of_home(const Context& context);

// Unlocks the coordinator's key: with --passphrase-file, the keyring or the terminal.
home::Unlocked unlock(const Context& context, const home::Home& home);

// Unlocks the organisation's key, to enrol and to certify.
seal::Identity unlock_organisation(const Context& context, const home::Home& home);

}  // namespace tocsin::cli
