// The append-only log of one incident (or of the organisation): what was decided, heard and sent,
// in order. A journal keeps bodies it does not understand. Several processes may append to one; an
// append names the size it was decided on and fails, changing nothing, when another came first.
// Format: tocsin-journal(5).
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

enum class Append { done, moved_on };  // moved_on: the journal had grown; read on and decide again

class Journal {
 public:
  virtual ~Journal() = default;

  virtual std::uint64_t size() = 0;
  // Hash of the chain at its end: what a printed record quotes and `record verify --head` compares.
  virtual seal::Hash head() = 0;

  // Visits entries `after`+1 … size in order and checks that each follows from the one before.
  // Faults (untrusted) name the first entry that does not.
  virtual void read_after(std::uint64_t after, const Visit& visit) = 0;

  // One transaction, durable when it returns `done`. Faults (disk full, …) leave the journal as it
  // was.
  virtual Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies) = 0;

  // Cheap enough to ask every few milliseconds: may another process have appended since the last
  // call?
  virtual bool has_news() = 0;
};

// One process drives an incident at a time. A lease is taken or renewed for `term`, at most ten
// minutes, and lapses by itself.
class Lease {
 public:
  virtual ~Lease() = default;
  virtual bool take(base::Instant now, base::Milliseconds term) = 0;  // also renews ours
  // Takes it whoever holds it: for when the caller knows that the holder is dead.
  virtual void take_over(base::Instant now, base::Milliseconds term) = 0;
  virtual void give_back() = 0;
};

}  // namespace tocsin::journal
