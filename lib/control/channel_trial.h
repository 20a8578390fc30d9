// Whether the channels of tocsin.yaml can be used, before the night: each is made as a night would
// make it, with its key files, and sends nothing.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "home/home.h"

namespace tocsin::control {

struct Unusable {
  contact::ChannelId channel;
  std::string why;  // and the way out; names no secret and no address
};

std::vector<Unusable> unusable_channels(const home::Home& home, const home::Unlocked& keys,
                                        const base::Clock& clock, base::Random& random);

}  // namespace tocsin::control
