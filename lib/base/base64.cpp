#include "base/base64.h"

#include <algorithm>

namespace tocsin::base {

std::string to_base64(ByteView bytes) {
  std::string out = to_base64url(bytes);
  std::replace(out.begin(), out.end(), '-', '+');
  std::replace(out.begin(), out.end(), '_', '/');
  while (out.size() % 4 != 0) out += '=';
  return out;
}

}  // namespace tocsin::base
