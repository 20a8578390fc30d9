// A set of people by their position in the roster, with one bit for each. It is visited in
// ascending order. Changing and asking take the same time for any size. It grows when needed.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace tocsin::incident {

class PeopleSet {
 public:
  using value_type = std::uint32_t;

  class const_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = std::uint32_t;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = value_type;

    const_iterator() = default;
    reference operator*() const noexcept { return person_; }
    const_iterator& operator++() noexcept {
      person_ = set_->at_or_after(person_ + 1);
      return *this;
    }
    const_iterator operator++(int) noexcept {
      const const_iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const const_iterator&, const const_iterator&) = default;

   private:
    friend class PeopleSet;
    const_iterator(const PeopleSet* set, value_type person) noexcept : set_(set), person_(person) {}
    const PeopleSet* set_ = nullptr;
    value_type person_ = 0;
  };

  bool contains(value_type person) const noexcept {
    return person / kBits < words_.size() && (words_[person / kBits] & bit(person)) != 0;
  }
  void insert(value_type person) {
    if (person / kBits >= words_.size()) words_.resize(person / kBits + 1);
    size_ += contains(person) ? 0 : 1;
    words_[person / kBits] |= bit(person);
  }
  void erase(value_type person) noexcept {
    if (!contains(person)) return;
    --size_;
    words_[person / kBits] &= ~bit(person);
  }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  const_iterator begin() const noexcept { return {this, at_or_after(0)}; }
  const_iterator end() const noexcept { return {this, end_of_words()}; }

 private:
  static constexpr value_type kBits = 64;
  static std::uint64_t bit(value_type person) noexcept {
    return std::uint64_t{1} << (person % kBits);
  }
  value_type end_of_words() const noexcept {
    return static_cast<value_type>(words_.size()) * kBits;
  }
  // The first that is in the set, or the end.
  value_type at_or_after(value_type person) const noexcept {
    std::size_t at = person / kBits;
    if (at >= words_.size()) return end_of_words();
    std::uint64_t word = words_[at] & (~std::uint64_t{0} << (person % kBits));
    while (word == 0)
      if (++at == words_.size())
        return end_of_words();
      else
        word = words_[at];
    return static_cast<value_type>(at) * kBits + static_cast<value_type>(std::countr_zero(word));
  }

  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

}  // namespace tocsin::incident
