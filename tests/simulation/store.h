// The journal that all processes of a night share, and what each of them sees of it. A process may
// die at an append, or another may come first. Each appends under the certificate of the machine.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "journal/memory.h"
#include "simulation/mandate.h"

namespace tocsin::simulation {

// Thrown where a real process would be killed. It is not a std::exception, so that no code catches
// it by accident.
struct Killed {};

enum class DieAt : std::uint8_t { before_append, after_append };

class View : public journal::Journal {
 public:
  View(journal::MemoryJournal& kept, const Mandate& mandate) : kept_(kept), mandate_(mandate) {}
  std::uint64_t size() override { return kept_.size(); }
  seal::Hash head() override { return kept_.head(); }
  void read_after(std::uint64_t after, const journal::Visit& visit) override {
    kept_.read_after(after, visit);
  }
  journal::Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                         journal::Fence fence = {}) override {
    return kept_.append(expected_size, bodies, fence);
  }
  void check_time(base::Instant at) const override { mandate_.check(at); }
  bool has_news() override {
    const std::uint64_t before = looked_at_;
    looked_at_ = kept_.size();
    return looked_at_ != before;
  }

 protected:
  journal::MemoryJournal& kept_;

 private:
  const Mandate& mandate_;
  std::uint64_t looked_at_ = 0;
};

// What the driving process sees.
class DriversView final : public View {
 public:
  using View::View;
  journal::Append append(std::uint64_t expected_size, std::span<const base::Bytes> bodies,
                         journal::Fence fence = {}) override;

  std::function<void()> before_append;  // what others do meanwhile; may be empty
  std::map<std::uint64_t, DieAt> dies;  // by the number of the append, from 1
  std::uint64_t appends = 0;
  std::size_t longest = 0;  // events of one append
  bool forgets = false;     // the planted fault: one append says done and keeps nothing
  journal::Fence in_force{1};
  bool is_replaced = false;       // another drives, and this process does not know it
  bool appends_replaced = false;  // it appended all the same

 private:
  std::uint64_t lost_ = 0;  // events that were forgotten
};

}  // namespace tocsin::simulation
