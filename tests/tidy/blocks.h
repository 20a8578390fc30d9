// The blocks of a source, by its braces: how long each function is, and what each anonymous
// namespace names. It reads the layout of .clang-format, where a brace after a space opens a block
// and one after a word opens an initialiser.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::tidy {

struct Function {
  int first;  // its lines, 1-based
  int last;
};

// Without value when the braces do not match, as far as this reader sees. The functions of C++ are
// the outermost ones, those of JavaScript all.
std::optional<std::vector<Function>> functions_of(std::string_view text);
std::optional<std::vector<Function>> script_functions_of(std::string_view text);

// What the anonymous namespaces define, with the line where. Overloads differ in their key;
// aliases that say the same have one value.
struct Hidden {
  std::string says;  // of an alias, what it stands for
  int line;
};
std::map<std::string, Hidden> hidden_names_of(std::string_view text);

}  // namespace tocsin::tidy
