// A journal in the memory of the process, for drills and simulations. It neither seals nor signs.
// Its head is a hash chain over the bodies, computed when it is asked for.
#pragma once

#include <vector>

#include "journal/journal.h"

namespace tocsin::journal {

class MemoryJournal final : public Journal {
 public:
  std::uint64_t size() override { return bodies_.size(); }
  seal::Hash head() override;
  void read_after(std::uint64_t after, const Visit& visit) override;
  // Nobody else can reach it, so that no fence is passed by another.
  Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                Fence fence = {}) override;
  bool has_news() override;

 private:
  std::vector<base::Bytes> bodies_;
  seal::Hash head_{};  // of the first `hashed_` bodies
  std::uint64_t hashed_ = 0;
  std::uint64_t looked_at_ = 0;  // size at the last has_news
};

}  // namespace tocsin::journal
