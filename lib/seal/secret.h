// A fixed number of secret bytes: zeroed at the end of their life, compared in constant time, never
// printed. Copying is explicit (`copy`), so that the code shows wherever a secret exists twice.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace tocsin::seal {

// sodium_memzero, which an optimiser does not remove.
void wipe(std::span<std::uint8_t> bytes) noexcept;
// sodium_memcmp; false when the sizes differ.
bool equal_in_constant_time(base::ByteView a, base::ByteView b) noexcept;

template <std::size_t Size>
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::span<const std::uint8_t, Size> bytes) noexcept {
    std::copy(bytes.begin(), bytes.end(), bytes_.begin());
  }
  ~SecretBytes() { wipe(bytes_); }
  SecretBytes(SecretBytes&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_);
    }
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;

  SecretBytes copy() const noexcept { return SecretBytes{view()}; }
  std::span<const std::uint8_t, Size> view() const noexcept { return bytes_; }
  std::span<std::uint8_t, Size> fill() noexcept { return bytes_; }
  const std::uint8_t* data() const noexcept { return bytes_.data(); }
  std::uint8_t* data() noexcept { return bytes_.data(); }
  static constexpr std::size_t size() noexcept { return Size; }

 private:
  std::array<std::uint8_t, Size> bytes_{};
};

}  // namespace tocsin::seal
