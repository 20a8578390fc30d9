// Driving an incident for longer than a turn: once until nothing is left to do (`step`), or on and
// on until it is over or somebody leaves (`run`). What is seen of it is the onlooker's.
#pragma once

#include <cstdint>
#include <string>

#include "control/driving.h"

namespace tocsin::control {

// superseded: another process has taken the lease while this one hung.
enum class Ending : std::uint8_t { over, left, superseded };

// Until a turn brings nothing more, and settles. Bounded, should a channel bring something new for
// ever.
Ending drive_until_quiet(Driving& driving);

// Who sits before it, and may leave.
class Onlooker {
 public:
  virtual ~Onlooker() = default;
  // After each turn. `trouble`: what keeps a channel from working; empty when nothing does.
  enum class Change : std::uint8_t { none, some };
  virtual void show(Change change, const std::string& trouble) = 0;
  // Of a fault that driving outlives.
  virtual void say(const std::string& words) = 0;
  // Waits for so long at most. True: they leave.
  virtual bool wait(base::Milliseconds patience) = 0;
};

// A process that serves the mailboxes too stays after the end, so that telephones can fetch their
// stand-down.
enum class Serves : std::uint8_t { nothing, mailboxes };

// Settles at the end. Operating faults, such as a full disk or one that cannot be read, are
// outlived: they are said and tried again. Damage, which a hash proves twice, ends it.
Ending drive_until_over(Session& session, Driving& driving, Onlooker& onlooker,
                        const base::Clock& clock, Serves serves);

}  // namespace tocsin::control
