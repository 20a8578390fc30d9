// Text as people type it and terminals show it. Knows UTF-8, not language.
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
// Columns that a terminal needs: combining marks take none, wide East Asian characters two.
std::size_t display_width(std::string_view utf8) noexcept;
// Cut to `columns` with "…" where something was cut, then padded with spaces to exactly `columns`.
std::string fit(std::string_view utf8, std::size_t columns);
// What hostile text may become on a terminal or in a log: control characters, escape sequences,
// bidirectional overrides and broken UTF-8 are replaced by "\u{FFFD}", so nothing can move the
// cursor.
std::string printable(std::string_view text);

// Optimal string alignment distance (Damerau-Levenshtein with adjacent swaps), in characters of
// bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);
// The candidate that was most likely meant: nearest within a third of the length; ties go to the
// first.
std::optional<std::string_view> did_you_mean(std::string_view word,
                                             std::span<const std::string_view> candidates);

}  // namespace tocsin::base
