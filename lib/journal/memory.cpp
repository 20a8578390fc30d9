#include "journal/memory.h"

#include "base/fault.h"
#include "journal/chain.h"

namespace tocsin::journal {

seal::Hash MemoryJournal::head() {
  for (; hashed_ < bodies_.size(); ++hashed_)
    head_ = next_hash(head_, hashed_ + 1, bodies_[hashed_]);
  return head_;
}

void MemoryJournal::read_after(std::uint64_t after, const Visit& visit) {
  const std::uint64_t size = bodies_.size();
  for (std::uint64_t i = after; i < size; ++i) visit({i + 1, bodies_[i]});
  TOCSIN_ASSERT(size == bodies_.size());  // a visitor must not append
}

Append MemoryJournal::append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                             Fence) {
  if (expected_size != bodies_.size()) return Append::moved_on;
  bodies_.insert(bodies_.end(), bodies.begin(), bodies.end());
  return Append::done;
}

bool MemoryJournal::has_news() {
  const std::uint64_t before = looked_at_;
  looked_at_ = bodies_.size();
  return looked_at_ != before;
}

}  // namespace tocsin::journal
