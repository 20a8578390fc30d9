// What a room is opened for: the playbook, the people, the clock and the dice of one drill.
#pragma once

#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "drill/people/synthetic.h"
#include "drill/run/settings.h"
#include "playbook/playbook.h"
#include "seal/envelope.h"

namespace tocsin::drill {

// Everything outlives the room.
struct Scene {
  const playbook::Playbook& playbook;
  const Staff& staff;
  std::vector<bool> enrolled;  // by person, in a world; empty: everybody has a device
  const Settings& settings;
  const base::Clock& clock;
  seal::MessageId incident;
  base::Random& ids;   // of messages, by the seed
  base::Random& keys;  // of devices and, in memory, of all, by the seed
};

}  // namespace tocsin::drill
