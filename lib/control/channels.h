// The channels that a home can send by, held against those that a playbook asks for.
#pragma once

#include <vector>

#include "contact/channel.h"
#include "home/settings.h"
#include "incident/state/event.h"
#include "playbook/playbook.h"

namespace tocsin::control {

// Who serves the mailboxes: the relay of tocsin.yaml, or the driving process itself as well.
enum class Mailboxes : std::uint8_t { of_settings, served_here };

// The switchboard is always among them.
std::vector<contact::ChannelId> channels_of(const home::Settings& settings,
                                            Mailboxes mailboxes = Mailboxes::of_settings);

// How many messages a minute each channel takes, for those with a limit. One whose settings make no
// sense is left out.
incident::LimitsTaken limits_of(const home::Settings& settings);

// Channels of the playbook that are not among these, in its order.
std::vector<contact::ChannelId> missing_channels(const playbook::Playbook& playbook,
                                                 const std::vector<contact::ChannelId>& channels);

// Faults (invalid) when the home cannot send by one of the playbook's channels.
void need_channels(const playbook::Playbook& playbook,
                   const std::vector<contact::ChannelId>& channels);

}  // namespace tocsin::control
