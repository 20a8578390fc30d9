// A text with one of its bits changed, as on a bad line or by a forger.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace tocsin::seal {

// One bit of byte `at`: another one from byte to byte.
inline base::Bytes with_bit_changed(const base::Bytes& bytes, std::size_t at) {
  base::Bytes changed = bytes;
  changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1 << at % 8);
  return changed;
}

}  // namespace tocsin::seal
