// A number and its noun: "1 person", "2 people".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin::base {

std::string counted(std::size_t number, std::string_view one, std::string_view many);
std::string counted(int number, std::string_view one, std::string_view many);  // from 0

}  // namespace tocsin::base
