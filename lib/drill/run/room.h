// The control room of a drill and the telephones at the other end. Live it is lib/control over a
// home, as on a real night, so that every drill exercises the lease, the channels and the refresh
// of the membership as well; in memory, for thousands of seeds, it is the same loop without keys,
// disk or sockets.
#pragma once

#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/random.h"
#include "drill/people/phones.h"
#include "drill/people/synthetic.h"
#include "drill/run/settings.h"
#include "incident/state/ledger.h"
#include "playbook/playbook.h"
#include "seal/certificate.h"

namespace tocsin::drill {

class Room {
 public:
  virtual ~Room() = default;
  virtual incident::Ledger& ledger() = 0;
  // Of the coordinator who calls.
  virtual const seal::Certificate& caller() const = 0;
  virtual Phones& phones() = 0;
  // As incident::Driver has them.
  virtual bool turn() = 0;
  virtual void settle() = 0;
  virtual std::optional<base::Instant> wake() const = 0;
};

// What a room is opened for. Everything outlives the room.
struct Scene {
  const playbook::Playbook& playbook;
  const Staff& staff;
  const Settings& settings;
  const base::Clock& clock;
  seal::MessageId incident;
  base::Random& ids;   // of messages, by the seed
  base::Random& keys;  // of devices and, in memory, of all, by the seed
};

// With the incident declared. Live: makes the home in the settings' folder; faults when one is
// there.
std::unique_ptr<Room> open_room(const Scene& scene);

}  // namespace tocsin::drill
