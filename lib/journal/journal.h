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
#include "base/instant.h"
#include "seal/at_rest.h"

namespace tocsin::journal {

struct Entry {
  std::uint64_t number = 0;  // 1 is the first
  base::ByteView body;       // opened; valid only during the visit
};
using Visit = std::function<void(const Entry&)>;

enum class Append { done, moved_on };  // moved_on: the journal had grown; read it and decide again

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
  // leave the journal unchanged.
  virtual Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies) = 0;

  // Faults when an event of that time could not be verified afterwards, because its author's
  // certificate is not in force then. Ask before an append: it cannot be taken back.
  virtual void check_time(base::Instant) const {}

  // Whether another process may have appended since the last call. Cheap enough to call every few
  // milliseconds.
  virtual bool has_news() = 0;
};

// The right to drive an incident, which one process at a time holds. It is taken or renewed for
// `term`, at most ten minutes, and ends by itself after that.
class Lease {
 public:
  virtual ~Lease() = default;
  virtual bool take(base::Instant now, base::Milliseconds term) = 0;  // renews it if it is ours
  // Takes it from any holder. The caller must know that the holder's process has ended.
  virtual void take_over(base::Instant now, base::Milliseconds term) = 0;
  virtual void give_back() = 0;
};

}  // namespace tocsin::journal
