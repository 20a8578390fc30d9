// Divides a C++ source file into code, strings and comments, for the rules. It is a scanner, not a
// parser: it knows raw strings and digit separators, but not the preprocessor.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::tidy {

// Each text is as long as the file, with everything else blanked, so that line numbers stay right.
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

// The line of an offset, from 1.
int line_of(std::string_view text, std::size_t offset);

// All offsets at which `word` is not part of a longer identifier.
std::vector<std::size_t> find_word(std::string_view text, std::string_view word);

}  // namespace tocsin::tidy
