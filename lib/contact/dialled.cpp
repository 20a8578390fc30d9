#include "contact/dialled.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace tocsin::contact {

namespace {

bool is_ascii_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The character at the beginning of well-formed UTF-8, which is taken away.
char32_t take_character(std::string_view& text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t out = size == 1 ? lead : lead & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size && i < text.size(); ++i)
    out = (out << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  text.remove_prefix(std::min(size, text.size()));
  return out;
}

struct Range {
  char32_t first;
  char32_t last;
  char plain;  // what the characters stand for; 0: nothing
};

// Characters that stand for plain ones (Unicode 15: general categories Nd, Pd, Zs and Cf, and the
// compatibility forms that NFKC replaces). A digit stands for itself, counted from `first`. An
// override of the direction (U+202D, U+202E) shows other digits than there are, and is not read.
constexpr std::array kRanges{
    Range{0x00a0, 0x00a0, ' '}, Range{0x1680, 0x1680, ' '}, Range{0x2000, 0x200a, ' '},
    Range{0x2028, 0x2029, ';'}, Range{0x202f, 0x202f, ' '}, Range{0x205f, 0x205f, ' '},
    Range{0x3000, 0x3000, ' '}, Range{0x00ad, 0x00ad, 0},   Range{0x061c, 0x061c, 0},
    Range{0x200b, 0x200f, 0},   Range{0x202a, 0x202c, 0},   Range{0x2060, 0x2064, 0},
    Range{0x2066, 0x2069, 0},   Range{0xfeff, 0xfeff, 0},   Range{0x2010, 0x2015, '-'},
    Range{0x2212, 0x2212, '-'}, Range{0x30fc, 0x30fc, '-'}, Range{0xfe58, 0xfe58, '-'},
    Range{0xfe63, 0xfe63, '-'}, Range{0xff0d, 0xff0d, '-'}, Range{0x2018, 0x2019, '\''},
    Range{0xff08, 0xff08, '('}, Range{0xff09, 0xff09, ')'}, Range{0xfe59, 0xfe59, '('},
    Range{0xfe5a, 0xfe5a, ')'}, Range{0xff0e, 0xff0e, '.'}, Range{0xff0f, 0xff0f, '/'},
    Range{0xff0b, 0xff0b, '+'}, Range{0xfe62, 0xfe62, '+'}, Range{0x0660, 0x0669, '0'},
    Range{0x06f0, 0x06f9, '0'}, Range{0x07c0, 0x07c9, '0'}, Range{0x0966, 0x096f, '0'},
    Range{0x09e6, 0x09ef, '0'}, Range{0x0a66, 0x0a6f, '0'}, Range{0x0ae6, 0x0aef, '0'},
    Range{0x0be6, 0x0bef, '0'}, Range{0x0e50, 0x0e59, '0'}, Range{0x1040, 0x1049, '0'},
    Range{0x17e0, 0x17e9, '0'}, Range{0xff10, 0xff19, '0'}};

// In ASCII; "?" stands for every other character.
std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char32_t c = take_character(text);
    if (c < 0x80) {
      out += c == '\t' ? ' ' : c == '\n' || c == '\r' ? ';' : static_cast<char>(c);
      continue;
    }
    const auto range = std::find_if(kRanges.begin(), kRanges.end(), [c](const Range& some) {
      return c >= some.first && c <= some.last;
    });
    if (range == kRanges.end())
      out += '?';
    else if (range->plain == '0')
      out += static_cast<char>('0' + (c - range->first));
    else if (range->plain != 0)
      out += range->plain;
  }
  return std::string{base::trim(out)};
}

std::string_view take_digits(std::string_view& text) noexcept {
  const auto end = std::find_if_not(text.begin(), text.end(), is_ascii_digit);
  const std::string_view out = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(out.size());
  return out;
}

// "4.47701E+11", "7700900123.0", "7700900123,00": digits that a spreadsheet reckons with.
bool is_quantity(std::string_view text) noexcept {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (take_digits(text).empty()) return false;
  const bool has_point = text.starts_with('.') || text.starts_with(',');
  if (has_point) {
    text.remove_prefix(1);
    const std::string_view decimals = take_digits(text);
    if (text.empty())
      return decimals.size() <= 2 || decimals.find_first_not_of('0') == std::string_view::npos;
  }
  if (!text.starts_with('E') && !text.starts_with('e')) return false;
  text.remove_prefix(1);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !take_digits(text).empty() && text.empty();
}

// What the first letters in the text say: an extension, another number, or nothing that is known.
TelephoneFault fault_of_letters(std::string_view text) {
  const auto first = std::find_if(text.begin(), text.end(), is_ascii_letter);
  std::string word;
  for (auto at = first; at != text.end() && is_ascii_letter(*at); ++at) word += *at;
  word = base::to_lower(word);
  if (!std::any_of(text.begin(), first, is_ascii_digit)) return TelephoneFault::not_a_number;
  for (const std::string_view known : {"x", "ext", "extn", "extension", "bleep", "poste", "int"})
    if (word == known) return TelephoneFault::extension;
  for (const std::string_view known : {"or", "and", "oder", "und", "ou", "et", "o", "y", "e"})
    if (word == known && !is_ascii_digit(text[static_cast<std::size_t>(first - text.begin()) - 1]))
      return TelephoneFault::two_numbers;
  return TelephoneFault::not_a_number;
}

// The digits of a text of ASCII. A single digit behind a mark ("52012/3", "52012-3") is the end of
// another number. A bracket stands around an area's code, so few digits come before it.
class Digits {
 public:
  std::variant<Dialled, TelephoneFault> read(std::string_view text) {
    for (const char c : text)
      if (const auto fault = take(c)) return *fault;
    if (out_.digits.empty() || open_) return TelephoneFault::not_a_number;
    if (marked_ && group_ == 1) return TelephoneFault::two_numbers;
    if (slash_ && group_after_slash_ < kLeastBehindSlash) return TelephoneFault::two_numbers;
    return std::move(out_);
  }

 private:
  // "089/123456": behind an area's code, not between numbers.
  static constexpr std::size_t kMostBeforeSlash = 6;
  static constexpr std::size_t kLeastBehindSlash = 4;
  static constexpr std::size_t kMostBeforeBracket = 3;

  std::optional<TelephoneFault> take(char c) {
    using enum TelephoneFault;
    const std::size_t before = out_.digits.size();
    if (is_ascii_digit(c)) {
      out_.digits += c;
      ++group_;
      group_after_slash_ += slash_ ? 1 : 0;
      return std::nullopt;
    }
    switch (c) {
      case '+':
        if (before > 0) return two_numbers;
        if (out_.has_plus) return not_a_number;
        out_.has_plus = true;
        return std::nullopt;
      case '(': {
        const bool is_abroad = !out_.has_plus && out_.digits.starts_with("00");
        if (open_) return not_a_number;
        if (before > kMostBeforeBracket + (is_abroad ? 2 : 0)) return two_numbers;
        open_ = true;
        break;
      }
      case ')':
        if (!open_) return not_a_number;
        open_ = false;
        break;
      case '/': {
        const bool is_area = out_.digits.starts_with('0') || out_.has_plus;
        if (slash_ || !is_area || before > kMostBeforeSlash) return two_numbers;
        slash_ = true;
        break;
      }
      case ';':
      case ',':
      case '|':
      case '&':
      case '\\':
        return before > 0 ? two_numbers : not_a_number;
      case '#':
        return before > 0 ? extension : not_a_number;
      case ' ':
      case '.':
      case '-':
        break;
      default:
        return not_a_number;
    }
    marked_ = true;
    group_ = 0;
    return std::nullopt;
  }

  Dialled out_;
  std::size_t group_ = 0;  // digits since the last mark
  std::size_t group_after_slash_ = 0;
  bool marked_ = false;
  bool open_ = false;  // a bracket
  bool slash_ = false;
};

}  // namespace

std::variant<Dialled, TelephoneFault> parse_dialled(std::string_view text) {
  if (!base::is_utf8(text)) return TelephoneFault::not_a_number;
  const std::string spelt = plain(text);
  std::string_view left = spelt;
  if (left.starts_with('\'')) left.remove_prefix(1);
  if (base::to_lower(left.substr(0, 4)) == "tel:") left.remove_prefix(4);
  left = base::trim(left);
  if (is_quantity(left)) return TelephoneFault::quantity;
  if (std::any_of(left.begin(), left.end(), is_ascii_letter)) return fault_of_letters(left);
  return Digits{}.read(left);
}

}  // namespace tocsin::contact
