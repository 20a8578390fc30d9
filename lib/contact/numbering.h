// The numbering plan behind each calling code, as far as reading a number needs it: which digits
// are dialled in front, how long a number may be, how mobiles begin. Does not know which numbers
// are given to anybody.
#pragma once

#include <cstddef>
#include <string_view>

namespace tocsin::contact {

inline constexpr std::string_view kUnitedKingdom = "44";

// Texts hold digits. `mobile` lists beginnings, `lengths` and `mobile_lengths` numbers such as
// "7-9 11"; all of them are about the national number: what follows the calling code.
struct Plan {
  std::string_view code;           // ITU-T E.164
  std::string_view trunk;          // dialled before a national number, and no part of it
  std::string_view international;  // dialled before a calling code; empty: several, by carrier
  std::string_view lengths;
  std::string_view first;   // digits with which a number may begin; a 0 among them is part of it
  std::string_view mobile;  // empty: mobiles and landlines begin alike
  std::string_view mobile_lengths;  // empty: as all others
};

// The plan of a number that begins with its calling code, or of the code alone; null when no
// country has it.
const Plan* plan_of(std::string_view digits) noexcept;

// Whether the digits can be a national number of the plan.
bool fits(const Plan& plan, std::string_view national) noexcept;

// False only for what is known not to be a mobile.
bool may_be_mobile(const Plan& plan, std::string_view national) noexcept;

// Whether something must be dialled before a national number, so that one without it lacks a digit.
bool needs_trunk(const Plan& plan) noexcept;

// Whether the digits are a whole national number although nothing was dialled before them, and not
// the last part of one, as it is dialled within a town.
bool is_whole(const Plan& plan, std::string_view national) noexcept;

// The shortest and the longest of `lengths`.
struct Span {
  std::size_t shortest = 0;
  std::size_t longest = 0;
};
Span span_of(const Plan& plan) noexcept;

}  // namespace tocsin::contact
