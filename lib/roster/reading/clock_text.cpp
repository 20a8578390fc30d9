#include "roster/reading/clock_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.h"
#include "roster/people/dates.h"

namespace tocsin::roster {

namespace {

bool is_numeral(char c) { return c >= '0' && c <= '9'; }
bool belongs(char c) { return is_numeral(c) || (c >= 'a' && c <= 'z') || c == ':' || c == '.'; }

enum class Piece : std::uint8_t {
  word,
  clock,   // 09:00, 9.15, 0900 in a range
  half,    // 9am: said to the half of the day
  four,    // 0900, or somebody's bleep
  number,  // 9
};
struct Mention {
  std::size_t begin = 0;
  std::size_t end = 0;
  Piece is = Piece::word;
  base::Minutes clock{};
  bool is_decimal = false;  // 7.50 may be half past seven
};

bool joins(std::string_view word) {
  static constexpr auto kWords =
      std::to_array<std::string_view>({"to", "until", "till", "til", "from"});
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

void classify(std::string_view text, Mention& token) {
  if (!is_numeral(text.front())) return;
  if (text.size() <= 2 && std::all_of(text.begin(), text.end(), is_numeral)) {
    token.is = Piece::number;
    return;
  }
  std::string spelt{text};
  const auto point = spelt.find('.');
  if (point <= 2 && spelt.size() >= point + 3) {  // npos is larger
    const std::string_view behind = text.substr(point + 3);
    if (behind.empty() || !is_numeral(behind.front())) {
      spelt[point] = ':';
      const std::string_view minutes = text.substr(point + 1, 2);
      token.is_decimal = minutes != "00" && minutes != "15" && minutes != "30" && minutes != "45";
    }
  }
  const auto clock = parse_clock(spelt);
  if (!clock) return;
  token.clock = *clock;
  const bool is_half = spelt.ends_with("am") || spelt.ends_with("pm");
  const bool has_mark = spelt.find(':') != std::string::npos;
  token.is = is_half ? Piece::half : has_mark ? Piece::clock : Piece::four;
}

std::vector<Mention> mentions_in(std::string_view text) {
  std::vector<Mention> out;
  for (std::size_t at = 0; at < text.size();) {
    if (!belongs(text[at])) {
      ++at;
      continue;
    }
    Mention token{at, at};
    while (token.end < text.size() && belongs(text[token.end])) ++token.end;
    at = token.end;
    while (token.end > token.begin && (text[token.end - 1] == '.' || text[token.end - 1] == ':'))
      --token.end;
    // "9 pm"
    const std::string_view next = text.substr(at, 4);
    const bool is_half = next.starts_with(" am") || next.starts_with(" pm");
    if (is_half && (next.size() < 4 || !belongs(next[3])) && is_numeral(text[token.begin]))
      at = token.end = at + 3;
    if (token.end > token.begin) out.push_back(token);
  }
  for (Mention& token : out) classify(text.substr(token.begin, token.end - token.begin), token);
  return out;
}

// Whether only a dash or "to" stands between two times.
bool are_joined(std::string_view text, const std::vector<Mention>& tokens, std::size_t first,
                std::size_t second) {
  if (second >= tokens.size()) return false;
  if (second == first + 2) {
    const Mention& between = tokens[first + 1];
    return joins(text.substr(between.begin, between.end - between.begin));
  }
  const std::string_view gap =
      text.substr(tokens[first].end, tokens[second].begin - tokens[first].end);
  return base::trim(gap) == "-" || gap.find("\xe2\x80") != std::string_view::npos;
}

// Numbers on both sides of a dash are times: "9-5" is none that can be read, "0900-1700" is.
bool settle_ranges(std::string_view text, std::vector<Mention>& tokens) {
  bool is_clear = true;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    for (const std::size_t other : {i + 1, i + 2}) {
      if (tokens[i].is == Piece::word || !are_joined(text, tokens, i, other)) continue;
      if (tokens[other].is == Piece::word) continue;
      for (const std::size_t end : {i, other}) {
        if (tokens[end].is == Piece::number) is_clear = false;
        if (tokens[end].is == Piece::four) tokens[end].is = Piece::clock;
      }
    }
  return is_clear;
}

}  // namespace

TextTimes times_in(std::string_view text) {
  TextTimes out;
  const std::string lower = base::to_lower(text);
  if (std::none_of(text.begin(), text.end(), is_numeral)) return out;
  std::vector<Mention> tokens = mentions_in(lower);
  out.are_understood = settle_ranges(lower, tokens);
  std::vector<const Mention*> clocks;
  for (const Mention& token : tokens) {
    if (token.is == Piece::four || token.is_decimal) out.are_understood = false;
    if (token.is != Piece::clock && token.is != Piece::half) continue;
    clocks.push_back(&token);
  }
  if (clocks.empty()) return out;
  // "7.30-8.30pm" is two times of day or of evening.
  if (clocks.size() != 2 || clocks[0]->is != clocks[1]->is) out.are_understood = false;
  if (!out.are_understood) return out;
  const auto spelt = [](base::Minutes clock) {
    return fmt::format("{:02}:{:02}", clock.count() / 60, clock.count() % 60);
  };
  out.from = spelt(clocks[0]->clock);
  out.until = spelt(clocks[1]->clock);
  return out;
}

}  // namespace tocsin::roster
