// The organisation's local time: that of `time_zone` in tocsin.yaml, or else the machine's.
#pragma once

#include "base/instant.h"
#include "home/settings.h"

namespace tocsin::home {

// From here on the process reads and shows local times in the settings' zone, whatever the machine
// or TZ says. Without a zone nothing changes.
void follow_time_zone(const Settings& settings);

// Whether local times are those of UTC, all the year around, and the settings do not ask for it. A
// rota without zones of its own is then read an hour late in a summer that has one.
bool is_utc_by_default(const Settings& settings, base::Instant now);

}  // namespace tocsin::home
