// How a machine becomes a device of the person whose invitation it holds: its own key, and the
// enrolment that the invitation's key lets it send (tocsin-enrolment(5)).
#pragma once

#include <filesystem>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"
#include "channel/channel.h"
#include "home/device.h"
#include "home/passphrase.h"
#include "roster/membership/enrolment.h"
#include "seal/key.h"

namespace tocsin::device {

// Makes the device's folder, or opens the one that is there. A second try, after the relay was out
// of reach, goes on with the same key. Another invitation makes another key: that the first one is
// rejected may be said of its key at any time. Faults when the folder is of another organisation.
home::DeviceHome make_or_open(const std::filesystem::path& folder,
                              const roster::Invitation& invitation, seal::Protection protection,
                              const home::Passphrase& passphrase, base::Random& random);

// With a passphrase that was asked for already.
seal::Identity unlock(const home::DeviceHome& home, const home::Passphrase& passphrase);

// Sends the enrolment to the organisation. `name`: what the responder calls the device.
channel::Delivery enrol(const roster::Invitation& invitation, const seal::Identity& device,
                        std::string_view name, const base::Clock& clock, base::Random& random);

}  // namespace tocsin::device
