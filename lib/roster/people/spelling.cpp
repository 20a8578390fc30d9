#include "roster/people/spelling.h"

#include <array>
#include <cstdint>

namespace tocsin::roster {

namespace {

// U+00C0 to U+017F without accents, by their canonical decomposition (Unicode 14). A capital means
// two letters: A ae, I ij, O oe, S ss, T th.
constexpr std::string_view kBase =
    "aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkkllllllllllnnnnnnnnnooooooOOrrrrrr"
    "ssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kBase.size() == 0x180 - 0xc0);

void append_base(std::string& out, char base) {
  switch (base) {
    case 'A':
      out += "ae";
      break;
    case 'I':
      out += "ij";
      break;
    case 'O':
      out += "oe";
      break;
    case 'S':
      out += "ss";
      break;
    case 'T':
      out += "th";
      break;
    default:
      out += base;
  }
}

// Marks that word processors put in the place of the keyboard's own: quotation marks, primes and
// accents used as apostrophes, dashes, and spaces that do not break. 0 for any other character.
char plain_mark(std::size_t point) noexcept {
  switch (point) {
    case 0x60:
    case 0xb4:
    case 0x2b9:
    case 0x2bb:
    case 0x2bc:
    case 0x2c8:
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0x2032:
    case 0xff07:
      return '\'';
    case 0xad:  // a hyphen that shows at the end of a line only
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xff0d:
      return '-';
    case 0xa0:
    case 0x2007:
    case 0x2009:
    case 0x202f:
      return ' ';
    default:
      return 0;
  }
}

struct Character {
  std::size_t point;
  std::size_t size_bytes;
};

// The character that begins at `at`; of a broken or a longer one its first byte, as no point.
Character character_at(std::string_view utf8, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) -> std::size_t {
    return at + i < utf8.size() ? static_cast<std::uint8_t>(utf8[at + i]) : 0U;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
  if ((byte(0) & 0xe0U) == 0xc0U && follows(1))
    return {(byte(0) & 0x1fU) << 6U | (byte(1) & 0x3fU), 2};
  if ((byte(0) & 0xf0U) == 0xe0U && follows(1) && follows(2))
    return {(byte(0) & 0x0fU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU), 3};
  constexpr std::size_t kNoPoint = 0x110000;
  return {byte(0) < 0x80 ? byte(0) : kNoPoint, 1};
}

// The accented letters of Welsh outside kBase.
char welsh_base(std::size_t point) noexcept {
  if (point >= 0x1e80 && point <= 0x1e85) return 'w';
  return point == 0x1ef2 || point == 0x1ef3 ? 'y' : '\0';
}

bool is_word_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '/';
}

}  // namespace

std::string fold(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    const auto [point, size_bytes] = character_at(utf8, i);
    if (const char mark = plain_mark(point); mark != 0) {
      out += mark;
    } else if (size_bytes == 1) {
      const char c = utf8[i];
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (point >= 0xc0 && point < 0x180) {
      append_base(out, kBase[point - 0xc0]);
    } else if (const char base = welsh_base(point); base != 0) {
      out += base;
    } else if (point < 0x300 || point >= 0x370) {  // not a combining accent
      out += utf8.substr(i, size_bytes);
    }
    i += size_bytes;
  }
  return out;
}

std::string canonical_word(std::string_view utf8) {
  constexpr std::size_t kLongest = 64;
  std::string out;
  for (const char c : fold(utf8)) {
    if (out.size() == kLongest) break;
    const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (out.empty() ? letter_or_digit : is_word_character(c))
      out += c;
    else if (!out.empty() && out.back() != '-' && c != '\'')
      out += '-';
  }
  while (!out.empty() &&
         (out.back() == '-' || out.back() == '.' || out.back() == '/' || out.back() == '_'))
    out.pop_back();
  return out;
}

}  // namespace tocsin::roster
