// A signed integer of N 64-bit words in two's complement, wide enough for the weights of scale.h.
// Overflow is not detected; scale.h proves that it cannot happen. Internal to this folder.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace tocsin::allocation {

template <std::size_t N>
class Wide {
 public:
  static constexpr unsigned kBits = 64 * N;

  constexpr Wide() noexcept : words_{} {}
  constexpr explicit Wide(std::int64_t value) noexcept : words_{} {
    words_[0] = static_cast<std::uint64_t>(value);
    for (std::size_t i = 1; i < N; ++i) words_[i] = value < 0 ? ~std::uint64_t{0} : 0;
  }
  // 2 to the power of `bit`, which is below kBits - 1.
  static constexpr Wide power(unsigned bit) noexcept {
    Wide result;
    result.words_[bit / 64] = std::uint64_t{1} << (bit % 64);
    return result;
  }

  constexpr Wide& operator+=(const Wide& other) noexcept {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < N; ++i) {
      const std::uint64_t with_carry = words_[i] + carry;
      const std::uint64_t sum = with_carry + other.words_[i];
      carry = static_cast<std::uint64_t>(with_carry < carry) |
              static_cast<std::uint64_t>(sum < with_carry);
      words_[i] = sum;
    }
    return *this;
  }
  constexpr Wide& operator-=(const Wide& other) noexcept {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < N; ++i) {
      const std::uint64_t with_borrow = words_[i] - borrow;
      const std::uint64_t difference = with_borrow - other.words_[i];
      borrow = static_cast<std::uint64_t>(words_[i] < borrow) |
               static_cast<std::uint64_t>(with_borrow < other.words_[i]);
      words_[i] = difference;
    }
    return *this;
  }
  friend constexpr Wide operator+(Wide a, const Wide& b) noexcept { return a += b; }
  friend constexpr Wide operator-(Wide a, const Wide& b) noexcept { return a -= b; }
  friend constexpr Wide operator-(const Wide& a) noexcept { return Wide{} - a; }

  friend constexpr bool operator==(const Wide&, const Wide&) noexcept = default;
  friend constexpr std::strong_ordering operator<=>(const Wide& a, const Wide& b) noexcept {
    const auto top_a = static_cast<std::int64_t>(a.words_[N - 1]);
    const auto top_b = static_cast<std::int64_t>(b.words_[N - 1]);
    if (top_a != top_b) return top_a <=> top_b;
    for (std::size_t i = N - 1; i-- > 0;)
      if (a.words_[i] != b.words_[i]) return a.words_[i] <=> b.words_[i];
    return std::strong_ordering::equal;
  }

 private:
  std::array<std::uint64_t, N> words_;  // least significant first
};

}  // namespace tocsin::allocation
