#include "tidy/source.h"

#include <algorithm>
#include <cctype>

namespace tocsin::tidy {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The end and the kind of the literal or comment that starts at `at`.
enum class Kind { code, text, comment };
struct Span {
  Kind kind;
  std::size_t end;
};

std::size_t end_of_quote(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == quote || text[i] == '\n')
      return i + 1;
  }
  return text.size();
}

Span span_at(std::string_view text, std::size_t at) {
  const auto until = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == std::string_view::npos ? text.size() : found + mark.size();
  };
  const auto rest = text.substr(at);
  if (rest.starts_with("//")) return {Kind::comment, std::min(text.find('\n', at), text.size())};
  if (rest.starts_with("/*")) return {Kind::comment, until("*/", at + 2)};
  const bool starts_word = at == 0 || !is_word(text[at - 1]);
  if (rest.starts_with("R\"") && starts_word) {
    const std::size_t open = std::min(text.find('(', at), text.size());
    return {Kind::text, until(")" + std::string{text.substr(at + 2, open - at - 2)} + "\"", open)};
  }
  if (text[at] == '"') return {Kind::text, end_of_quote(text, at)};
  // In 1'000 the quote is a digit separator.
  if (text[at] == '\'' && starts_word) return {Kind::text, end_of_quote(text, at)};
  return {Kind::code, at + 1};
}

}  // namespace

Source scan(std::string_view text) {
  std::string blank(text);
  std::replace_if(
      blank.begin(), blank.end(), [](char c) { return c != '\n'; }, ' ');
  Source source{blank, blank, blank};
  for (std::size_t at = 0; at < text.size();) {
    const Span span = span_at(text, at);
    std::string& into = span.kind == Kind::code   ? source.code
                        : span.kind == Kind::text ? source.strings
                                                  : source.comments;
    into.replace(at, span.end - at, text.substr(at, span.end - at));
    at = span.end;
  }
  return source;
}

std::vector<Include> includes_of(std::string_view text) {
  const Source source = scan(text);
  std::vector<Include> all;
  int line = 0;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view code = std::string_view{source.code}.substr(at, end - at);
    const std::string_view whole = text.substr(at, end - at);
    at = end + 1;
    const std::size_t hash = code.find_first_not_of(" \t");
    if (hash == std::string_view::npos || code[hash] != '#') continue;
    const std::size_t word = code.find_first_not_of(" \t", hash + 1);
    if (word == std::string_view::npos || !code.substr(word).starts_with("include")) continue;
    const std::size_t open = whole.find_first_of("\"<", word);
    if (open == std::string_view::npos) continue;
    const bool quoted = whole[open] == '"';
    const std::size_t close = whole.find(quoted ? '"' : '>', open + 1);
    if (close == std::string_view::npos) continue;
    all.push_back({std::string{whole.substr(open + 1, close - open - 1)}, quoted, line + 1});
  }
  return all;
}

int line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(),
                                         text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

std::vector<std::size_t> find_word(std::string_view text, std::string_view word) {
  std::vector<std::size_t> all;
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool starts = !is_word(word.front()) || at == 0 || !is_word(text[at - 1]);
    const std::size_t end = at + word.size();
    const bool ends = !is_word(word.back()) || end == text.size() || !is_word(text[end]);
    if (starts && ends) all.push_back(at);
  }
  return all;
}

}  // namespace tocsin::tidy
