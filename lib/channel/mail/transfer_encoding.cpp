#include "channel/mail/transfer_encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace tocsin::channel {

namespace {

constexpr std::size_t kLongestLine = 76;

bool is_printed(char c) noexcept { return c >= ' ' && c <= '~'; }
bool is_letter_or_digit(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string coded(char c) { return fmt::format("={:02X}", static_cast<unsigned char>(c)); }

// How many bytes the character that begins here has.
std::size_t character_at(std::string_view utf8, std::size_t at) {
  std::size_t end = at + 1;
  while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) ++end;
  return end - at;
}

}  // namespace

std::string quoted_printable(std::string_view utf8) {
  std::string out;
  std::size_t column = 0;
  const auto end_line = [&](std::string_view how) {
    out += how;
    column = 0;
  };
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    if (utf8.substr(i).starts_with("\r\n")) continue;
    if (c == '\n') {
      end_line("\r\n");
      continue;
    }
    const bool ends_line = i + 1 == utf8.size() || utf8[i + 1] == '\n' || utf8[i + 1] == '\r';
    const bool is_plain = is_printed(c) && c != '=' && !(c == ' ' && ends_line);
    const std::string piece = is_plain ? std::string{c} : coded(c);
    if (column + piece.size() >= kLongestLine) end_line("=\r\n");
    out += piece;
    column += piece.size();
  }
  if (column > 0) end_line("\r\n");
  return out;
}

std::string field_text(std::string_view text) {
  std::string utf8{text};
  std::replace_if(
      utf8.begin(), utf8.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
  constexpr std::size_t kMostPlain = 200;
  const bool is_plain = utf8.size() <= kMostPlain && utf8.find("=?") == std::string_view::npos &&
                        std::all_of(utf8.begin(), utf8.end(), is_printed);
  if (is_plain) return utf8;
  // An encoded word has at most 75 characters, and no character is in two of them.
  constexpr std::string_view kBegin = "=?utf-8?q?";
  constexpr std::size_t kMostInside = 75 - kBegin.size() - 2;
  std::string out;
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    out += fmt::format("{}{}{}?=", out.empty() ? "" : "\r\n ", kBegin, word);
    word.clear();
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t size = character_at(utf8, at);
    std::string piece;
    for (const char c : std::string_view{utf8}.substr(at, size))
      piece += c == ' ' ? "_" : is_letter_or_digit(c) ? std::string{c} : coded(c);
    if (word.size() + piece.size() > kMostInside) end_word();
    word += piece;
    at += size;
  }
  end_word();
  return out;
}

namespace {

int hex_of(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

int sextet_of(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

// A line of quoted-printable without its end. True when it goes on in the next one.
bool decode_line(std::string_view line, std::string& out) {
  while (line.ends_with(' ') || line.ends_with('\t') || line.ends_with('\r')) line.remove_suffix(1);
  const bool goes_on = line.ends_with('=');
  if (goes_on) line.remove_suffix(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const int high = line[i] == '=' && i + 2 < line.size() ? hex_of(line[i + 1]) : -1;
    const int low = high >= 0 ? hex_of(line[i + 2]) : -1;
    if (low < 0) {
      out += line[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return goes_on;
}

}  // namespace

std::string from_quoted_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const bool goes_on = decode_line(text.substr(0, end), out);
    if (end == std::string_view::npos) break;
    if (!goes_on) out += '\n';
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string from_mail_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const int sextet = sextet_of(c);
    if (sextet < 0) continue;  // as RFC 2045, 6.8, wants it
    bits = (bits << 6) | static_cast<std::uint32_t>(sextet);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> count) & 0xff);
  }
  return out;
}

}  // namespace tocsin::channel
