#include "channel/mail/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include "base/text.h"

namespace tocsin::channel {

namespace {

struct Charset {
  std::string_view name;  // in mails
  const char* known_as;   // by iconv
};
constexpr const char* kUtf8 = "UTF-8";
// Mail programs say ISO-8859-1 and mean windows-1252, and US-ASCII and mean UTF-8 (WHATWG
// Encoding).
constexpr auto kCharsets = std::to_array<Charset>({
    {"", kUtf8},
    {"utf-8", kUtf8},
    {"utf8", kUtf8},
    {"us-ascii", kUtf8},
    {"ascii", kUtf8},
    {"iso-8859-1", "CP1252"},
    {"latin1", "CP1252"},
    {"windows-1252", "CP1252"},
    {"cp1252", "CP1252"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-9", "CP1254"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
});

constexpr std::string_view kNoCharacter = "\xEF\xBF\xBD";

std::size_t length_by(char first) noexcept {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
}

// Not by iconv, which takes surrogates and five bytes for characters.
std::string repaired_utf8(std::string_view bytes) {
  if (base::is_utf8(bytes)) return std::string{bytes};
  std::string out;
  while (!bytes.empty()) {
    const std::string_view one = bytes.substr(0, length_by(bytes.front()));
    const bool is_sound = base::is_utf8(one);
    out += is_sound ? one : kNoCharacter;
    bytes.remove_prefix(is_sound ? one.size() : 1);
  }
  return out;
}

}  // namespace

std::optional<std::string> to_utf8(std::string_view charset, std::string_view bytes) {
  const auto known = std::find_if(kCharsets.begin(), kCharsets.end(),
                                  [&](const Charset& one) { return one.name == charset; });
  if (known == kCharsets.end()) return std::nullopt;
  if (known->known_as == kUtf8) return repaired_utf8(bytes);
  const iconv_t conversion = ::iconv_open(kUtf8, known->known_as);
  if (reinterpret_cast<std::intptr_t>(conversion) == -1) return std::nullopt;
  std::string out;
  std::array<char, 4'096> made;
  char* from = const_cast<char*>(bytes.data());  // which iconv does not change
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = made.data();
    std::size_t room = made.size();
    const std::size_t result = ::iconv(conversion, &from, &left, &to, &room);
    const int why = errno;
    out.append(made.data(), made.size() - room);
    if (result != static_cast<std::size_t>(-1) || why == E2BIG) continue;
    out += kNoCharacter;
    ++from;
    --left;
  }
  ::iconv_close(conversion);
  return out;
}

}  // namespace tocsin::channel
