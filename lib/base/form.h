// The fields of a form or of a query as browsers and providers send them:
// application/x-www-form-urlencoded (URL Standard, section 5). Reading is strict.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::base {

struct Field {
  std::string name;
  std::string value;
  friend auto operator<=>(const Field&, const Field&) = default;
};
using Fields = std::vector<Field>;

inline constexpr std::size_t kMostFields = 1'000;

// In the order in which they stand. nullopt when a percent sign begins no byte, or when there are
// more than kMostFields.
std::optional<Fields> read_form(std::string_view text);
std::string write_form(std::span<const Field> fields);
// One name or value as it stands in a form or in a path.
std::string percent_coded(std::string_view text);

// The value of the first field of this name; empty when there is none.
std::string_view value_of(const Fields& fields, std::string_view name) noexcept;

}  // namespace tocsin::base
