// Text as people type it and terminals show it. Knows UTF-8, but no rules of any language.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::base {

std::string to_lower(std::string_view text);  // ASCII letters only
std::string_view trim(std::string_view text) noexcept;
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view between);

// A decimal integer as people write it: digits only, no sign, no leading zero, at most `most`.
std::optional<std::int64_t> parse_count(std::string_view text, std::int64_t most);

bool is_utf8(std::string_view text) noexcept;
// The columns of a terminal that the text takes: none for combining marks, two for wide East Asian
// characters.
std::size_t display_width(std::string_view utf8) noexcept;
// Cuts the text to `columns`, marking a cut with "…", or pads it with spaces to `columns`.
std::string fit(std::string_view utf8, std::size_t columns);
// Makes hostile text safe for a terminal or a log. Control characters, escape sequences,
// bidirectional overrides and broken UTF-8 become "\u{FFFD}", so that nothing moves the cursor.
std::string printable(std::string_view text);

// Optimal string alignment distance (Levenshtein with swaps of neighbours), counted in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);
// The nearest candidate, if its distance is within a third of the word's length (at least 1). The
// first of equals wins.
std::optional<std::string_view> did_you_mean(std::string_view word,
                                             std::span<const std::string_view> candidates);

}  // namespace tocsin::base
