#include "base/zone_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "base/fault.h"
#include "base/file.h"

namespace tocsin::base {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

constexpr int kLastYear = 2100;
constexpr seconds kFarthest = hours{26};  // RFC 8536, 3.2: offsets are from -25 to +26 hours

// Reads big-endian numbers. Once it was asked for more than there is, it is not `sound`.
class ZoneBytes {
 public:
  explicit ZoneBytes(std::string_view bytes) : bytes_(bytes) {}

  std::int64_t number(std::size_t width) {
    std::uint64_t value = 0;
    const std::string_view taken = take(width);
    for (const char c : taken) value = value << 8U | static_cast<unsigned char>(c);
    if (width == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
    return static_cast<std::int64_t>(value);
  }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) {
      sound_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  std::string_view rest() const { return bytes_; }
  bool sound() const { return sound_; }

 private:
  std::string_view bytes_;
  bool sound_ = true;
};

struct Header {
  char version = 0;
  std::size_t utc_flags = 0, standard_flags = 0, leaps = 0, changes = 0, types = 0, letters = 0;

  std::size_t size_bytes(std::size_t time_bytes) const {
    return changes * (time_bytes + 1) + types * 6 + letters + leaps * (time_bytes + 4) +
           standard_flags + utc_flags;
  }
};

std::optional<Header> read_header(ZoneBytes& bytes) {
  constexpr std::int64_t kMost = 100'000;
  if (bytes.take(4) != "TZif") return std::nullopt;
  Header header;
  if (const std::string_view version = bytes.take(1); !version.empty()) header.version = version[0];
  bytes.take(15);
  for (std::size_t* count : {&header.utc_flags, &header.standard_flags, &header.leaps,
                             &header.changes, &header.types, &header.letters}) {
    const std::int64_t value = bytes.number(4);
    if (value < 0 || value > kMost) return std::nullopt;
    *count = static_cast<std::size_t>(value);
  }
  if (!bytes.sound() || header.types == 0) return std::nullopt;
  return header;
}

// The rule for what comes after the last change: "GMT0BST,M3.5.0/1,M10.5.0" (POSIX, TZ).
class Footer {
 public:
  explicit Footer(std::string_view text) : text_(text) {}

  // Adds the changes of the years from `first` on. False when the text is not such a rule.
  bool extend(std::vector<Zone::Change>& changes, int first) {
    if (!name()) return false;
    const auto standard = offset();
    if (!standard) return false;
    if (text_.empty()) return true;
    if (!name()) return false;
    seconds summer = -*standard + hours{1};
    if (!text_.empty() && text_.front() != ',') {
      const auto written = offset();
      if (!written) return false;
      summer = -*written;
    }
    const auto begins = day();
    const auto ends = begins ? day() : std::nullopt;
    if (!ends || !text_.empty()) return false;
    const sys_seconds known = changes.empty() ? sys_seconds::min() : changes.back().at;
    for (int y = first; y <= kLastYear; ++y) {
      std::array<Zone::Change, 2> both{
          {{begins->in(y) + *standard, summer}, {ends->in(y)-summer, -*standard}}};
      if (both[1].at < both[0].at) std::swap(both[0], both[1]);
      for (const Zone::Change& change : both)
        if (change.at > known) changes.push_back(change);
    }
    return true;
  }

 private:
  struct Day {
    char kind = 'M';  // M: weekday of a month; J: of 365, without the leap day; 0: of the year
    int number = 0, month = 0, week = 0;
    seconds time{hours{2}};

    sys_seconds in(int y) const {
      const sys_days new_year{year{y} / 1 / 1};
      if (kind == '0') return new_year + days{number} + time;
      if (kind == 'J') {
        const bool after_leap_day = year{y}.is_leap() && number >= 60;
        return new_year + days{number - 1 + (after_leap_day ? 1 : 0)} + time;
      }
      const std::chrono::weekday weekday{static_cast<unsigned>(number)};
      const year_month month_of_year = year{y} / std::chrono::month{static_cast<unsigned>(month)};
      const sys_days date = week == 5
                                ? sys_days{month_of_year / weekday[std::chrono::last]}
                                : sys_days{month_of_year / weekday[static_cast<unsigned>(week)]};
      return date + time;
    }
    using year_month = std::chrono::year_month;
  };

  bool skip(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  std::optional<int> number(int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc{} || value < 0 || value > most) return std::nullopt;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return value;
  }

  bool name() {
    std::size_t size = 0;
    if (skip('<')) {
      size = text_.find('>');
      if (size == std::string_view::npos) return false;
      text_.remove_prefix(size + 1);
      return true;
    }
    while (size < text_.size() && ((text_[size] >= 'A' && text_[size] <= 'Z') ||
                                   (text_[size] >= 'a' && text_[size] <= 'z')))
      ++size;
    text_.remove_prefix(size);
    return size >= 3;
  }

  // "[+-]hh[:mm[:ss]]"; POSIX counts to the west.
  std::optional<seconds> offset() {
    const int sign = skip('-') ? -1 : (skip('+'), 1);
    const auto hour = number(167);
    if (!hour) return std::nullopt;
    seconds out = hours{*hour};
    for (const seconds unit : {seconds{60}, seconds{1}}) {
      if (!skip(':')) break;
      const auto part = number(59);
      if (!part) return std::nullopt;
      out += *part * unit;
    }
    return sign * out;
  }

  std::optional<Day> day() {
    Day out;
    if (!skip(',')) return std::nullopt;
    if (skip('M')) {
      const auto month = number(12);
      const auto week = month && skip('.') ? number(5) : std::nullopt;
      const auto weekday = week && skip('.') ? number(6) : std::nullopt;
      if (!weekday || *month == 0 || *week == 0) return std::nullopt;
      out.month = *month;
      out.week = *week;
      out.number = *weekday;
    } else {
      out.kind = skip('J') ? 'J' : '0';
      const auto count = number(365);
      if (!count || (out.kind == 'J' && *count == 0)) return std::nullopt;
      out.number = *count;
    }
    if (skip('/')) {
      const auto time = offset();
      if (!time) return std::nullopt;
      out.time = *time;
    }
    return out;
  }

  std::string_view text_;
};

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '/' || name.front() == '.') return false;
  if (name.starts_with("right/")) return false;  // these count leap seconds
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

}  // namespace

std::optional<Zone> parse_zone_file(std::string_view text) {
  ZoneBytes bytes{text};
  auto header = read_header(bytes);
  if (!header) return std::nullopt;
  std::size_t time_bytes = 4;
  if (header->version >= '2') {  // a second block, with times of eight bytes
    bytes.take(header->size_bytes(4));
    header = read_header(bytes);
    if (!header) return std::nullopt;
    time_bytes = 8;
  }
  std::vector<Zone::Change> changes(header->changes);
  std::vector<std::size_t> types;
  // Of the whole range of 64 bits, only what a calendar can name.
  constexpr std::int64_t kEarliest = -100'000'000'000;
  for (Zone::Change& change : changes)
    change.at = sys_seconds{seconds{std::max(kEarliest, bytes.number(time_bytes))}};
  for (std::size_t i = 0; i < header->changes; ++i)
    if (const std::string_view type = bytes.take(1); !type.empty())
      types.push_back(static_cast<unsigned char>(type[0]));
  std::vector<seconds> offsets;
  for (std::size_t i = 0; i < header->types; ++i) {
    offsets.emplace_back(bytes.number(4));
    bytes.take(2);  // whether it is summer time, and its letters
  }
  bytes.take(header->letters + header->leaps * (time_bytes + 4) + header->standard_flags +
             header->utc_flags);
  if (!bytes.sound()) return std::nullopt;
  for (const seconds offset : offsets)
    if (offset > kFarthest || offset < -kFarthest) return std::nullopt;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (types[i] >= offsets.size() || (i > 0 && changes[i].at < changes[i - 1].at))
      return std::nullopt;
    changes[i].ahead = offsets[types[i]];
  }
  std::string_view footer = bytes.rest();
  if (footer.size() > 2 && footer.front() == '\n') {
    footer = footer.substr(1, footer.find('\n', 1) - 1);
    int first = 1970;
    if (!changes.empty()) {
      const auto last = std::chrono::floor<days>(changes.back().at);
      first = static_cast<int>(std::chrono::year_month_day{last}.year());
    }
    if (!footer.empty() && !Footer{footer}.extend(changes, first)) return std::nullopt;
  }
  return Zone{offsets.front(), std::move(changes)};
}

std::optional<Zone> system_zone(const std::string& name) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  if (!is_name(name)) return std::nullopt;
  // Where the C library looks as well.
  const char* folder = std::getenv("TZDIR");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  const std::filesystem::path path =
      std::filesystem::path{folder == nullptr ? "/usr/share/zoneinfo" : folder} / name;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  try {
    return parse_zone_file(read_file(path, kMostBytes));
  } catch (const Fault&) {
    return std::nullopt;
  }
}

}  // namespace tocsin::base
