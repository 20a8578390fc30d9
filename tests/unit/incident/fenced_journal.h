// A journal in memory with a lease: it refuses what is appended under any fence but the one in
// force.
#pragma once

#include "journal/memory.h"

namespace tocsin::incident {

class FencedJournal final : public journal::Journal {
 public:
  std::uint64_t size() override { return kept_.size(); }
  seal::Hash head() override { return kept_.head(); }
  void read_after(std::uint64_t after, const journal::Visit& visit) override {
    kept_.read_after(after, visit);
  }
  journal::Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                         journal::Fence fence = {}) override {
    const bool is_in_force = fence == journal::Fence{} || fence == in_force;
    return is_in_force ? kept_.append(expected_size, bodies) : journal::Append::superseded;
  }
  bool has_news() override { return kept_.has_news(); }

  journal::Fence in_force{1};

 private:
  journal::MemoryJournal kept_;
};

}  // namespace tocsin::incident
