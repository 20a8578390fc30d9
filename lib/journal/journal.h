// The append-only log of one incident (or of the organisation): what was decided, heard and sent,
// in order (tocsin-journal(5)). The journal does not read the bodies of events. Several processes
// may append to it. An append names the size that its decision was based on; it fails and changes
// nothing when another process has appended since.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/instant.h"
#include "seal/at_rest.h"

namespace tocsin::journal {

struct Entry {
  std::uint64_t number = 0;  // 1 is the first
  base::ByteView body;       // opened; valid only during the visit
};
using Visit = std::function<void(const Entry&)>;

// The fencing number: which holding of the lease an append belongs to. 0 is none: what a
// coordinator orders may be appended at any time, whoever drives.
struct Fence {
  std::uint64_t number = 0;
  friend bool operator==(const Fence&, const Fence&) = default;
};

enum class Append {
  done,
  moved_on,    // the journal had grown; read it and decide again
  superseded,  // another process has taken the lease since; what was decided by it is void
};

// Thrown in a process that drives, once another has taken the lease. Nothing was appended.
class Superseded final : public base::Fault {
 public:
  Superseded() : Fault(base::Exit::driven, "another process drives the incident now") {}
};

class Journal {
 public:
  virtual ~Journal() = default;

  virtual std::uint64_t size() = 0;
  // The hash of the last event. Printed records quote it; `record verify --head` compares it.
  virtual seal::Hash head() = 0;

  // Visits entries `after`+1 … size in order and checks the chain. Faults (untrusted) name the
  // first entry that does not follow from the one before it.
  virtual void read_after(std::uint64_t after, const Visit& visit) = 0;

  // Appends all bodies in one transaction, durable when it returns `done`. Faults (disk full, …)
  // leave the journal unchanged. The fence is compared in the same transaction, so that no time
  // passes between the comparison and the append.
  virtual Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                        Fence fence = {}) = 0;

  // Faults when an event of that time could not be verified afterwards, because its author's
  // certificate is not in force then. Ask before an append: it cannot be taken back.
  virtual void check_time(base::Instant) const {}

  // Whether another process may have appended since the last call. Cheap enough to call every few
  // milliseconds.
  virtual bool has_news() = 0;
};

// What the store knows of the lease.
struct Holding {
  std::uint64_t number = 0;  // rises each time that it is taken; 0: it never was
  std::uint64_t beat = 0;    // rises with each taking, heartbeat and return
  bool is_held = false;
  base::Bytes holder{};  // what the holder says of itself; empty when that cannot be read
};

// The right to drive an incident, which one process at a time holds. The store reads no clock. A
// holder is heard when `beat` rises; how long silence may last is for those who look.
class Lease {
 public:
  virtual ~Lease() = default;
  virtual Holding look() = 0;
  // Takes it, from its holder too if there is one. nullopt: it is not as it was `seen` any more.
  virtual std::optional<Fence> take(const Holding& seen, base::ByteView holder) = 0;
  // The heartbeat. False when another has taken it since.
  virtual bool beat(base::ByteView holder) = 0;
  // Does nothing when another has taken it since.
  virtual void give_back() = 0;
};

}  // namespace tocsin::journal
