// Bytes, their text forms (hex, base64url) and binary records of them. ByteReader never reads past
// the end and never throws. The first malformed field makes ok() false for good, and every later
// read returns zero or empty, so that a decoder checks once, at its end.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string to_hex(ByteView bytes);
// Accepts an even number of digits in lower or upper case, and nothing else.
std::optional<Bytes> from_hex(std::string_view text);

// RFC 4648 section 5, without padding. Decoding refuses padding, spaces and non-zero spare bits.
std::string to_base64url(ByteView bytes);
std::optional<Bytes> from_base64url(std::string_view text);

// Appends big-endian integers and length-prefixed byte strings to a buffer that it owns.
class ByteWriter {
 public:
  void u8(std::uint8_t value) { out_.push_back(value); }
  void u16(std::uint16_t value) { integer(value, 2); }
  void u32(std::uint32_t value) { integer(value, 4); }
  void u64(std::uint64_t value) { integer(value, 8); }
  void i64(std::int64_t value) { u64(static_cast<std::uint64_t>(value)); }
  void raw(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  // LEB128, 1 to 10 bytes: most lengths and counts take one.
  void varint(std::uint64_t value);
  // varint length, then the bytes.
  void sized(ByteView bytes) {
    varint(bytes.size());
    raw(bytes);
  }
  void text(std::string_view value) { sized(bytes_of(value)); }

  const Bytes& bytes() const noexcept { return out_; }
  Bytes take() noexcept { return std::move(out_); }

 private:
  void integer(std::uint64_t value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
      out_.push_back(static_cast<std::uint8_t>(value >> shift));
  }
  Bytes out_;
};

// Reads what ByteWriter wrote, from bytes that outlive it.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) noexcept : left_(bytes) {}

  std::uint8_t u8() noexcept { return static_cast<std::uint8_t>(integer(1)); }
  std::uint16_t u16() noexcept { return static_cast<std::uint16_t>(integer(2)); }
  std::uint32_t u32() noexcept { return static_cast<std::uint32_t>(integer(4)); }
  std::uint64_t u64() noexcept { return integer(8); }
  std::int64_t i64() noexcept { return static_cast<std::int64_t>(integer(8)); }
  std::uint64_t varint() noexcept;
  ByteView raw(std::size_t size) noexcept;
  template <std::size_t Size>
  std::array<std::uint8_t, Size> array() noexcept {
    std::array<std::uint8_t, Size> out{};
    const ByteView bytes = raw(Size);
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
  }
  ByteView sized() noexcept {
    const std::uint64_t size = varint();
    return size > left_.size() ? fail() : raw(static_cast<std::size_t>(size));
  }
  std::string_view text() noexcept { return text_of(sized()); }

  bool ok() const noexcept { return ok_; }
  // True when everything was read and nothing is left over. Every decoder ends with this check.
  bool done() const noexcept { return ok_ && left_.empty(); }
  std::size_t left() const noexcept { return left_.size(); }
  ByteView fail() noexcept {
    ok_ = false;
    left_ = {};
    return {};
  }

 private:
  std::uint64_t integer(std::size_t width) noexcept {
    if (left_.size() < width) {
      fail();
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) value = value << 8 | left_[i];
    left_ = left_.subspan(width);
    return value;
  }
  ByteView left_;
  bool ok_ = true;
};

}  // namespace tocsin::base
