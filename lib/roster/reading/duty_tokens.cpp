#include "roster/reading/duty_tokens.h"

#include <algorithm>
#include <array>

#include "roster/people/spelling.h"

namespace tocsin::roster {

namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// How many bytes a letter takes of an alphabet that fold() does not know, 0 for anything else:
// without them "άδεια" and "εφημερία" would be one word. Punctuation, arrows and emoji are none.
std::size_t foreign_letter(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const auto next = static_cast<unsigned char>(at + 1 < text.size() ? text[at + 1] : '\0');
  std::size_t size = 0;
  if (lead >= 0xc3 && lead <= 0xdf && lead != 0xcc) size = 2;  // Greek, Cyrillic, Arabic
  if (lead == 0xe0 || lead == 0xe1) size = 3;                  // Devanagari, Thai
  if (lead >= 0xe3 && lead <= 0xed && !(lead == 0xe3 && next == 0x80)) size = 3;  // Chinese, Korean
  return at + size <= text.size() ? size : 0;
}

// A time of day, or a length in hours, in a folded text.
struct Clock {
  std::size_t size = 0;  // 0: there is none
  bool is_sure = false;  // "20:00" and "8pm" are; "0800" and "08" only as one end of a range
};

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

Clock clock_at(std::string_view text, std::size_t at) {
  const std::size_t digits = digits_at(text, at);
  if (digits == 0 || digits == 3 || digits > 4) return {};
  std::size_t end = at + digits;
  bool sure = false;
  if (digits <= 2 && end < text.size() && (text[end] == ':' || text[end] == '.') &&
      digits_at(text, end + 1) == 2) {
    end += 3;
    sure = true;
  }
  const std::size_t space = end < text.size() && text[end] == ' ' ? 1 : 0;
  for (const std::string_view unit : {"am", "pm", "hours", "hour", "hrs", "hr", "h"}) {
    const std::size_t unit_end = end + space + unit.size();
    if (!text.substr(std::min(end + space, text.size())).starts_with(unit)) continue;
    if (unit_end < text.size() && is_letter_or_digit(text[unit_end])) continue;
    return {unit_end - at, true};
  }
  if (end < text.size() && is_letter_or_digit(text[end])) return {};
  return {end - at, sure};
}

// "-" and "to" between two times.
std::size_t until_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] == ' ') ++end;
  if (end < text.size() && text[end] == '-')
    ++end;
  else if (end > at && text.substr(end).starts_with("to "))
    end += 2;
  else
    return 0;
  while (end < text.size() && text[end] == ' ') ++end;
  return end - at;
}

// Of "0800-2000" and "08-20", but not of "wards 4-5".
bool is_range(std::string_view from, std::string_view until) {
  return from.size() == until.size() && (from.size() == 4 || from[0] == '0' || until[0] == '0') &&
         from.size() > 1;
}

// Times of day in a text say when, and that stands in the event already: "20:00-08:00".
std::string without_times(std::string text) {
  for (std::size_t at = 0; at + 3 < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_letter_or_digit(text[at - 1]))) continue;
    const std::size_t mark = is_digit(text[at + 1]) ? at + 2 : at + 1;
    if (mark + 2 >= text.size() || (text[mark] != ':' && text[mark] != '.')) continue;
    if (!is_digit(text[mark + 1]) || !is_digit(text[mark + 2])) continue;
    if (mark + 3 < text.size() && is_letter_or_digit(text[mark + 3])) continue;
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(at),
              text.begin() + static_cast<std::ptrdiff_t>(mark) + 3, ' ');
  }
  return text;
}

}  // namespace

bool has_mark_of_doubt(std::string_view text) {
  static constexpr auto kMarks = std::to_array<std::string_view>(
      {"½",        "¼",        "¾",        "?",    "？",  "~~",   "\xcc\xb5",
       "\xcc\xb6", "\xcc\xb7", "\xcc\xb8",  // a line through letters
       "❌",        "✖",        "✗",        "✘",    "⛔",   "🚫",    "❓",
       "❔",        "🌴",        "🏖",     "🏝", "✈",   "🛫", "🤒",
       "🤕",     "🤢",     "🤧",     "😷",    "🛌"});
  return std::any_of(kMarks.begin(), kMarks.end(), [text](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

bool is_multiple(std::string_view token) {
  const bool leads = token.starts_with('x');
  if (leads)
    token.remove_prefix(1);
  else if (token.ends_with('x'))
    token.remove_suffix(1);
  else
    return false;
  return !token.empty() && token.size() <= 2 &&
         token.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string without_hours(std::string text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_letter_or_digit(text[at - 1]))) continue;
    const Clock from = clock_at(text, at);
    if (from.size == 0) continue;
    std::size_t size = from.is_sure ? from.size : 0;
    if (const std::size_t between = until_at(text, at + from.size); between > 0) {
      const std::size_t second = at + from.size + between;
      const Clock until = clock_at(text, second);
      const std::string_view whole = text;
      if (until.size > 0 &&
          (from.is_sure || until.is_sure ||
           is_range(whole.substr(at, from.size), whole.substr(second, until.size))))
        size = second + until.size - at;
    }
    text.replace(at, size, size, ' ');
  }
  return text;
}

std::vector<DutyToken> tokens_of(std::string_view text) {
  std::vector<DutyToken> out;
  const std::string folded = without_times(fold(text));
  char between = '-';
  bool open = false;
  std::size_t end = 0;  // of the token before
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const char c = folded[at];
    if (c == '\'') continue;
    const std::size_t foreign = foreign_letter(folded, at);
    if (!is_letter_or_digit(c) && foreign == 0) {
      const bool joins = open && (c == '/' || c == '.' || c == '_');
      between = joins ? c : '-';
      open = false;
      continue;
    }
    if (!open) {
      const std::string_view gap = std::string_view{folded}.substr(end, at - end);
      const bool is_apart = gap != "-" && gap.find_first_not_of(' ') != std::string_view::npos;
      out.push_back({{}, out.empty() ? '-' : between, is_apart});
    }
    out.back().text.append(folded, at, std::max<std::size_t>(1, foreign));
    at += std::max<std::size_t>(1, foreign) - 1;
    end = at + 1;
    open = true;
  }
  // "A/L" and "A.L." are the code AL.
  std::vector<DutyToken> merged;
  bool letters = false;
  for (DutyToken& token : out) {
    const bool single = token.text.size() == 1 && !is_digit(token.text[0]);
    if (single && letters && (token.before == '/' || token.before == '.'))
      merged.back().text += token.text;
    else
      merged.push_back(token);
    letters = single;
  }
  return merged;
}

std::string phrase_of(const std::vector<DutyToken>& tokens, std::size_t from, std::size_t count) {
  std::string out;
  for (std::size_t i = from; i < from + count; ++i) {
    if (i > from) out += '-';
    out += tokens[i].text;
  }
  return out;
}

}  // namespace tocsin::roster
