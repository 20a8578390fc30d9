// The control room of a drill and the telephones at the other end. Live it is lib/control over a
// home, as on a real night, so that every drill exercises the lease, the channels and the refresh
// of the membership as well; in memory, for thousands of seeds, it is the same loop without keys,
// disk or sockets.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/instant.h"
#include "drill/people/phones.h"
#include "drill/run/scene.h"
#include "drill/world/messengers.h"
#include "incident/state/ledger.h"
#include "seal/certificate.h"

namespace tocsin::drill {

class Room {
 public:
  virtual ~Room() = default;
  virtual incident::Ledger& ledger() = 0;
  // Of the coordinator who calls.
  virtual const seal::Certificate& caller() const = 0;
  virtual Phones& phones() = 0;
  // In a world: people to whom something came since the last call.
  virtual std::vector<std::size_t> take_arrivals() { return {}; }
  // In a world: its messengers.
  virtual std::span<const std::unique_ptr<Messenger>> messengers() const { return {}; }
  // As incident::Driver has them.
  virtual bool turn() = 0;
  virtual void settle() = 0;
  virtual std::optional<base::Instant> wake() const = 0;
};

// With the incident declared. Live: makes the home in the settings' folder; faults when one is
// there.
std::unique_ptr<Room> open_room(const Scene& scene);

}  // namespace tocsin::drill
