#include "base/fault.h"

#include <cstdio>
#include <cstdlib>

namespace tocsin::base {

void bug(std::string_view what, const char* file, int line) noexcept {
  std::fprintf(stderr, "tocsin: bug: %s:%d: %.*s\n", file, line, static_cast<int>(what.size()),
               what.data());
  std::abort();
}

}  // namespace tocsin::base
