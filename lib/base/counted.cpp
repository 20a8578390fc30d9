#include "base/counted.h"

#include <fmt/format.h>

namespace tocsin::base {

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string counted(int number, std::string_view one, std::string_view many) {
  return counted(static_cast<std::size_t>(number), one, many);
}

}  // namespace tocsin::base
