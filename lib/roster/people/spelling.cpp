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

bool is_word_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '/';
}

}  // namespace

std::string fold(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(utf8[i]);
    if (byte < 0x80) {
      const char c = utf8[i];
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      continue;
    }
    const unsigned next = i + 1 < utf8.size() ? static_cast<std::uint8_t>(utf8[i + 1]) : 0U;
    const auto point = static_cast<std::size_t>((byte & 0x1fU) << 6U | (next & 0x3fU));
    const bool two_bytes = (byte & 0xe0) == 0xc0 && (next & 0xc0) == 0x80;
    if (two_bytes && point >= 0xc0 && point < 0x180) {
      append_base(out, kBase[point - 0xc0]);
      ++i;
    } else if (two_bytes && point >= 0x300 && point < 0x370) {  // combining accents
      ++i;
    } else {
      out += utf8[i];
    }
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
