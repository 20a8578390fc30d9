#include "counted.h"

#include <fmt/format.h>

namespace tocsin::cli {

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace tocsin::cli
