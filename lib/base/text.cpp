#include "base/text.h"

#include <algorithm>

namespace tocsin::base {

namespace {

struct Decoded {
  char32_t point;
  std::size_t size;  // bytes taken; 1 for a broken byte
  bool valid;
};

Decoded decode(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xf0 && lead <= 0xf4   ? 4
                           : lead >= 0xe0 && lead <= 0xef ? 3
                           : lead >= 0xc2 && lead <= 0xdf ? 2
                                                          : 0;
  if (size == 0 || at + size > text.size()) return {0, 1, false};
  char32_t point = lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return {0, 1, false};
    point = point << 6 | (byte(at + i) & 0x3f);
  }
  const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
  const bool surrogate = point >= 0xd800 && point <= 0xdfff;
  if (overlong || surrogate || point > 0x10ffff) return {0, 1, false};
  return {point, size, true};
}

bool is_between(char32_t point, char32_t first, char32_t last) noexcept {
  return point >= first && point <= last;
}

// Only the Unicode blocks that occur in names: a full table would be large and out of date soon.
std::size_t columns_of(char32_t point) noexcept {
  if (is_between(point, 0x300, 0x36f) || is_between(point, 0x200b, 0x200f) ||
      is_between(point, 0xfe00, 0xfe0f) || point == 0xfeff)
    return 0;
  if (is_between(point, 0x1100, 0x115f) || is_between(point, 0x2e80, 0xa4cf) ||
      is_between(point, 0xac00, 0xd7a3) || is_between(point, 0xf900, 0xfaff) ||
      is_between(point, 0xfe30, 0xfe6f) || is_between(point, 0xff00, 0xff60) ||
      is_between(point, 0x1f300, 0x1faff) || is_between(point, 0x20000, 0x3fffd))
    return 2;
  return 1;
}

bool can_move_a_cursor(char32_t point) noexcept {
  return point < 0x20 || is_between(point, 0x7f, 0x9f) || is_between(point, 0x202a, 0x202e) ||
         is_between(point, 0x2066, 0x2069) || is_between(point, 0x200e, 0x200f) ||
         point == 0x2028 || point == 0x2029 || point == 0x061c;
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trim(std::string_view text) noexcept {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0;;) {
    const auto end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

std::string join(std::span<const std::string> parts, std::string_view between) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += between;
    out += parts[i];
  }
  return out;
}

std::optional<std::int64_t> parse_count(std::string_view text, std::int64_t most) {
  if (text.empty() || text.size() > 18 || (text.size() > 1 && text.front() == '0'))
    return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value <= most ? std::optional{value} : std::nullopt;
}

bool is_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded d = decode(text, at);
    if (!d.valid) return false;
    at += d.size;
  }
  return true;
}

std::size_t display_width(std::string_view utf8) noexcept {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const Decoded d = decode(utf8, at);
    width += d.valid ? columns_of(d.point) : 1;
    at += d.size;
  }
  return width;
}

std::string fit(std::string_view utf8, std::size_t columns) {
  std::string out;
  std::size_t width = 0;
  const std::size_t full = display_width(utf8);
  const std::size_t room = full > columns && columns > 0 ? columns - 1 : columns;
  for (std::size_t at = 0; at < utf8.size();) {
    const Decoded d = decode(utf8, at);
    const std::size_t more = d.valid ? columns_of(d.point) : 1;
    if (width + more > room) break;
    out += utf8.substr(at, d.size);
    width += more;
    at += d.size;
  }
  if (full > columns && columns > 0) {
    out += "…";
    ++width;
  }
  if (width < columns) out.append(columns - width, ' ');
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded d = decode(text, at);
    if (!d.valid || can_move_a_cursor(d.point))
      out += "\xef\xbf\xbd";
    else
      out += text.substr(at, d.size);
    at += d.size;
  }
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitute});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::optional<std::string_view> did_you_mean(std::string_view word,
                                             std::span<const std::string_view> candidates) {
  // The distance takes quadratic time, and a very long word is an attack or a paste, not a typo.
  if (word.size() > 64) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  const std::string lower = to_lower(word);
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > word.size() + best_distance) continue;
    const std::size_t distance = edit_distance(lower, to_lower(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace tocsin::base
