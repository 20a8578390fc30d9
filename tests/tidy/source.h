// A C++ source file as a reader of rules sees it: what is code, what is said in strings, what in
// comments. A scanner, not a parser; it knows raw strings and digit separators, not the
// preprocessor.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::tidy {

// Each as long as the file, with everything else blanked, so that line numbers hold.
struct Source {
  std::string code;
  std::string strings;
  std::string comments;
};
Source scan(std::string_view text);

struct Include {
  std::string path;
  bool quoted;  // "…" rather than <…>
  int line;
};
std::vector<Include> includes_of(std::string_view text);

// 1-based line of an offset.
int line_of(std::string_view text, std::size_t offset);

// Offsets of `word` where it is not part of a longer identifier.
std::vector<std::size_t> find_word(std::string_view text, std::string_view word);

}  // namespace tocsin::tidy
