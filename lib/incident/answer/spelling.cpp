#include "incident/answer/spelling.h"

#include <algorithm>

namespace tocsin::incident {

namespace {

constexpr char32_t kBroken = 0xfffd;

struct Point {
  char32_t value;
  std::size_t size;  // bytes
};

Point point_at(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  // Quotation marks of Windows and an accent of Latin-1, as old gateways send an apostrophe.
  if (lead == 0x91 || lead == 0x92 || lead == 0xb4) return {U'\'', 1};
  const std::size_t size = lead >= 0xf0 && lead <= 0xf4   ? 4
                           : lead >= 0xe0 && lead <= 0xef ? 3
                           : lead >= 0xc2 && lead <= 0xdf ? 2
                                                          : 0;
  if (size == 0 || at + size > text.size()) return {kBroken, 1};
  char32_t value = lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return {kBroken, 1};
    value = value << 6 | (byte(at + i) & 0x3f);
  }
  return {value, size};
}

void append(std::string& out, char32_t point) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (point < 0x80) {
    out += byte(point);
  } else if (point < 0x800) {
    out += byte(0xc0 | point >> 6);
    out += byte(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    out += byte(0xe0 | point >> 12);
    out += byte(0x80 | (point >> 6 & 0x3f));
    out += byte(0x80 | (point & 0x3f));
  } else {
    out += byte(0xf0 | point >> 18);
    out += byte(0x80 | (point >> 12 & 0x3f));
    out += byte(0x80 | (point >> 6 & 0x3f));
    out += byte(0x80 | (point & 0x3f));
  }
}

constexpr bool is_between(char32_t point, char32_t first, char32_t last) noexcept {
  return point >= first && point <= last;
}

// Letters of other scripts that look like those of Latin, from a keyboard that was switched over.
char32_t lookalike(char32_t point) noexcept {
  constexpr std::u32string_view kLike =
      U"\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
      U"\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u043e"
      U"\u0440\u0441\u0443\u0445\u0456\u0405\u0455";
  constexpr std::string_view kLatin = "abezhikmnoptyxoabekmhopctyxaeopcyxiss";
  static_assert(kLike.size() == kLatin.size());
  const auto at = kLike.find(point);
  return at == std::u32string_view::npos ? point : static_cast<char32_t>(kLatin[at]);
}

// Letters and digits in bold, italics and the like, U+1D400 to U+1D7FF.
char32_t undecorated(char32_t point) noexcept {
  if (point >= 0x1d7ce) return (point - 0x1d7ce) % 10 + U'0';
  return point < 0x1d6a4 ? (point - 0x1d400) % 26 + U'a' : point;
}

// The letters of Latin-1 and Latin Extended-A without their accents, from U+00C0 to U+017F; "." for
// what is no letter.
constexpr std::string_view kBare =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kBare.size() == 0x180 - 0xc0);

// Joiners, directions, variation selectors, skin tones, the frame of a keycap, combining accents.
bool is_hidden(char32_t point) noexcept {
  return is_between(point, 0x300, 0x36f) || is_between(point, 0x200b, 0x200f) ||
         is_between(point, 0x202a, 0x202c) || is_between(point, 0x2060, 0x2069) ||
         is_between(point, 0xfe00, 0xfe0f) || is_between(point, 0x1f3fb, 0x1f3ff) ||
         is_between(point, 0x64b, 0x655) || point == 0x670 || point == 0x640 || point == 0x61c ||
         point == 0x20e3 || point == 0xfeff || point == 0xad;
}

// One letter of Arabic script for those that keyboards of Urdu, Arabic and Persian exchange.
char32_t arabic(char32_t point) noexcept {
  switch (point) {
    case 0x622:
    case 0x623:
    case 0x625:
      return 0x627;
    case 0x624:
      return 0x648;
    case 0x626:
    case 0x649:
    case 0x64a:
      return 0x6cc;
    case 0x643:
      return 0x6a9;
    case 0x629:
    case 0x647:
    case 0x6c2:
    case 0x6d5:
      return 0x6c1;
    default:
      return point;
  }
}

std::string_view written_out(char32_t point) noexcept {
  switch (point) {
    case 0xbc:
      return " 1/4";
    case 0xbd:
      return " 1/2";
    case 0xbe:
      return " 3/4";
    case 0xdf:
      return "ss";
    case 0x2026:
      return "...";
    case 0x2049:
      return "?";
    default:
      return {};
  }
}

char32_t plain(char32_t point) noexcept {
  if (is_between(point, 0xff01, 0xff5e)) point -= 0xfee0;  // the wide forms of ASCII
  if (is_between(point, U'A', U'Z')) return point + 32;
  if (point == U'`') return U'\'';
  if (point < 0x80) return point;
  if (is_between(point, 0xc0, 0x17f)) {
    const char bare = kBare[point - 0xc0];
    return bare == '.' ? point : static_cast<char32_t>(bare);
  }
  if (point == 0x202d || point == 0x202e) return kBroken;  // it shows other words than it says
  if (is_between(point, 0x391, 0x455)) return lookalike(point);
  if (is_between(point, 0x1d400, 0x1d7ff)) return undecorated(point);
  if (is_between(point, 0x660, 0x669)) return point - 0x660 + U'0';
  if (is_between(point, 0x6f0, 0x6f9)) return point - 0x6f0 + U'0';
  if (is_between(point, 0x600, 0x6ff) && arabic(point) != point) return arabic(point);
  if (point == 0x2018 || point == 0x2019 || point == 0x201b || point == 0x2032 || point == 0x60 ||
      point == 0xb4 || point == 0x2bc)
    return U'\'';
  if (is_between(point, 0x2010, 0x2015) || point == 0x2212) return U'-';
  if (point == 0xa0 || is_between(point, 0x2000, 0x200a) || point == 0x202f || point == 0x3000)
    return U' ';
  if (point == 0x2028 || point == 0x2029 || point == 0x85) return U'\n';
  if (point == 0x61f || point == 0x37e || is_between(point, 0x2753, 0x2754)) return U'?';
  if (point == 0x60c || point == 0x66b || point == 0x3001) return U',';
  if (point == 0x6d4 || point == 0x3002) return U'.';
  if (point == 0x61b || point == 0xa1 || point == 0x203c || point == 0x2757) return U'!';
  if (point == 0xbf) return U'?';
  return point;
}

bool is_emoji(char32_t point) noexcept {
  return is_between(point, 0x2190, 0x2bff) || is_between(point, 0x1f000, 0x1faff);
}

class Tokens {
 public:
  Tokens(std::string_view plain, std::size_t most) : text_(plain), most_(most) {}

  std::vector<Token> all() {
    while (at_ < text_.size() && tokens_.size() < most_) next();
    return std::move(tokens_);
  }

 private:
  using Kind = Token::Kind;

  void next() {
    const auto [point, size] = point_at(text_, at_);
    if (is_between(point, U'0', U'9')) return run(Kind::number);
    if (is_letter(point)) return run(Kind::word);
    const std::string text{text_.substr(at_, size)};
    at_ += size;
    if (is_emoji(point)) return add(Kind::word, text);
    if (point == U'\n') return add(Kind::line, {});
    if (point == U'?') return add(Kind::question, {});
    if (std::u32string_view{U":.,-/+@"}.find(point) != std::u32string_view::npos) {
      // Only what stands directly between two things may belong to them.
      const bool is_inside =
          is_joined_ && at_ < text_.size() && static_cast<unsigned char>(text_[at_]) > ' ';
      const bool is_sign = point == U'+' || point == U'@';
      if (is_inside || is_sign) return add(Kind::mark, text);
      if (point != U':') return add(Kind::stop, {});  // "ETA: 20" is one clause
    }
    // An amount is no number of minutes.
    if (std::u32string_view{U"%$\u00a3\u20ac"}.find(point) != std::u32string_view::npos)
      return add(Kind::word, text);
    if (std::u32string_view{U"!;()|"}.find(point) != std::u32string_view::npos)
      return add(Kind::stop, {});
    is_joined_ = false;  // a space, a quotation mark, an ornament
  }

  static bool is_letter(char32_t point) noexcept {
    return is_between(point, U'a', U'z') ||
           (point >= 0xc0 && !is_emoji(point) && !is_between(point, 0x2000, 0x218f));
  }

  bool is_letter_at(std::size_t at) const {
    return at < text_.size() && is_letter(point_at(text_, at).value);
  }

  void run(Kind kind) {
    std::string text;
    while (at_ < text_.size()) {
      const auto [point, size] = point_at(text_, at_);
      if (kind == Kind::number && point == U'o' && !text.empty() && !is_letter_at(at_ + size)) {
        text += '0';  // "2O"
        at_ += size;
        continue;
      }
      const bool goes_on = kind == Kind::number ? is_between(point, U'0', U'9') : is_letter(point);
      const bool is_apostrophe = kind == Kind::word && (point == U'\'' || point == U'&');
      if (!goes_on && !is_apostrophe) break;
      // "I'll" without its apostrophe would be "ill".
      if (is_apostrophe && text_.substr(at_ + 1, 2) == "ll") {
        add(kind, std::move(text));
        add(kind, "will");
        is_joined_ = true;
        at_ += 3;
        return;
      }
      if (goes_on) text += text_.substr(at_, size);
      at_ += size;
    }
    add(kind, std::move(text));
  }

  void add(Kind kind, std::string text) {
    tokens_.push_back({kind, std::move(text), is_joined_});
    is_joined_ = kind == Kind::word || kind == Kind::number || kind == Kind::mark;
  }

  std::string_view text_;
  std::size_t most_;
  std::size_t at_ = 0;
  bool is_joined_ = false;
  std::vector<Token> tokens_;
};

// The length of a terminal's sequence for colours and the like at `at`, or 0.
std::size_t escape_at(std::string_view words, std::size_t at) noexcept {
  constexpr std::size_t kLongest = 16;
  if (words.substr(at, 2) != "\x1b[") return 0;
  std::size_t end = at + 2;
  const std::size_t most = std::min(words.size(), at + kLongest);
  while (end < most && ((words[end] >= '0' && words[end] <= '9') || words[end] == ';')) ++end;
  return end < most ? end + 1 - at : 0;
}

}  // namespace

std::string plain_spelling(std::string_view words) {
  std::string out;
  out.reserve(words.size());
  for (std::size_t at = 0; at < words.size();) {
    if (const std::size_t size = escape_at(words, at); size > 0) {
      at += size;
      continue;
    }
    const auto [point, size] = point_at(words, at);
    at += size;
    if (is_hidden(point)) continue;
    if (const auto text = written_out(point); !text.empty())
      out += text;
    else
      append(out, plain(point));
  }
  return out;
}

std::vector<Token> tokens_of(std::string_view plain, std::size_t most) {
  return Tokens{plain, most}.all();
}

}  // namespace tocsin::incident
