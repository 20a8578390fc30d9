// What ways there are to the simulated people of a drill: who has which channel, how many notice a
// message on it, how fast it is, and when it fails. A file says so: tocsin-drill(1), A WORLD.
#pragma once

#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "contact/channel.h"
#include "document/finding.h"
#include "drill/people/synthetic.h"

namespace tocsin::drill {

struct Outage {  // from <= t < until, counted from the declaration
  base::Minutes from{0};
  base::Minutes until{0};
};

struct WorldChannel {
  contact::ChannelId id;
  double have = 1;     // the share of staff who can be written to or rung there
  double notice = 0;   // of these, the share who notice a message at home
  int per_minute = 0;  // messages that it takes; 0: all at once
  std::vector<Outage> fails;

  bool is_down(base::Milliseconds since_declaration) const;
};

struct World {
  std::vector<WorldChannel> channels;  // in the order of the file
};

// Reports everything that is wrong with it.
World read_world(std::string_view text, std::string_view file, document::Findings& findings);

// Who has which channel.
struct Equipped {
  Staff staff;                 // with the contact points of the world
  std::vector<bool> enrolled;  // by person: has a device
};
// The staff's own telephone stays with those who have the channel `phone`.
Equipped equip(Staff staff, const World& world, const base::SeededRandom& random);

}  // namespace tocsin::drill
