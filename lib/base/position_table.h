// Finds the position of an element in a list by the hash of its key. Open addressing: eight bytes
// an entry and no allocation for each. The caller keeps the list and compares the keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tocsin::base {

class PositionTable {
 public:
  // `is_it(position)` says whether the element at that position has the key that is looked for.
  template <class IsIt>
  std::optional<std::uint32_t> find(std::size_t hash, const IsIt& is_it) const {
    if (entries_.empty()) return std::nullopt;
    const std::uint32_t tag = tag_of(hash);
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Entry& entry = entries_[at];
      if (entry.position == kNone) return std::nullopt;
      if (entry.tag == tag && is_it(entry.position)) return entry.position;
    }
  }
  // The key must not be in the table yet.
  void add(std::size_t hash, std::uint32_t position) {
    if (2 * (size_ + 1) > entries_.size()) grow();
    put({tag_of(hash), position}, hash);
    ++size_;
  }
  void clear() noexcept {
    entries_.clear();
    size_ = 0;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  struct Entry {
    std::uint32_t tag = 0;  // the lower half of the hash
    std::uint32_t position = kNone;
  };

  static std::uint32_t tag_of(std::size_t hash) noexcept {
    return static_cast<std::uint32_t>(hash);
  }
  std::size_t mask() const noexcept { return entries_.size() - 1; }
  void put(Entry entry, std::size_t hash) noexcept {
    std::size_t at = hash & mask();
    while (entries_[at].position != kNone) at = (at + 1) & mask();
    entries_[at] = entry;
  }
  // The tag is enough to place an entry again: with 32-bit positions the mask has at most 32 bits.
  void grow() {
    std::vector<Entry> before(entries_.empty() ? 16 : 2 * entries_.size());
    before.swap(entries_);
    for (const Entry& entry : before)
      if (entry.position != kNone) put(entry, entry.tag);
  }

  std::vector<Entry> entries_;
  std::size_t size_ = 0;
};

}  // namespace tocsin::base
