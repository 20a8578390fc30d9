// Times of day in the text of a shift: "LD 07:30-20:00". Times that it does not read, as in "LD
// 9-5" or "LD until 15:00", it says so, so that nobody takes the usual ones instead.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::roster {

struct TextTimes {
  std::string from{};  // "07:30"; empty, like `until`, when there are none
  std::string until{};
  bool are_understood = true;
};
TextTimes times_in(std::string_view text);

}  // namespace tocsin::roster
