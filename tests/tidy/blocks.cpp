#include "tidy/blocks.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tidy/source.h"

namespace tocsin::tidy {

namespace {

using Offset = std::size_t;

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Without the preprocessor's lines, whose braces and brackets open nothing.
std::string code_of(std::string_view text) {
  std::string code = scan(text).code;
  bool goes_on = false;
  for (Offset at = 0; at < code.size();) {
    const Offset end = std::min(code.find('\n', at), code.size());
    const auto line = trimmed(std::string_view{code}.substr(at, end - at));
    if (goes_on || line.starts_with('#')) {
      goes_on = line.ends_with('\\');
      std::fill(code.begin() + static_cast<std::ptrdiff_t>(at),
                code.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    }
    at = end + 1;
  }
  return code;
}

// The brace that closes the one at `open`.
Offset closing(std::string_view code, Offset open) {
  int depth = 0;
  for (Offset at = open; at < code.size(); ++at) {
    if (code[at] == '{') ++depth;
    if (code[at] == '}' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

Offset first_of(std::string_view code, Offset from) {
  while (from < code.size() && is_space(code[from])) ++from;
  return from;
}

// Meets what stands in namespaces and classes: each block with its head, each statement.
class Outline {
 public:
  virtual ~Outline() = default;
  // False when the braces do not match.
  bool read(std::string_view code) {
    Offset head = 0;
    for (Offset at = 0; at < code.size(); ++at) {
      if (code[at] == ';') {
        statement(code, head, at);
        head = at + 1;
      } else if (code[at] == '}') {
        if (scopes_.empty()) return false;
        scopes_.pop_back();
        head = at + 1;
      } else if (code[at] == '{') {
        const auto words = trimmed(code.substr(head, at - head));
        const Offset end = closing(code, at);
        if (end == std::string_view::npos) return false;
        if ((at > 0 && !is_space(code[at - 1])) || words.ends_with('=')) {
          at = end;  // an initialiser, and what it initialises goes on
        } else if (words.find('(') != std::string_view::npos) {
          block(code, head, at, end);
          at = end;
          head = at + 1;
        } else {
          scope(code, head, at);
          scopes_.emplace_back(words);
          head = at + 1;
        }
      }
    }
    return scopes_.empty();
  }

 protected:
  virtual void block(std::string_view code, Offset head, Offset open, Offset end) = 0;
  virtual void scope(std::string_view, Offset, Offset) {}
  virtual void statement(std::string_view, Offset, Offset) {}
  const std::vector<std::string>& scopes() const { return scopes_; }

 private:
  std::vector<std::string> scopes_;
};

class Functions final : public Outline {
 public:
  std::vector<Function> all;

 protected:
  void block(std::string_view code, Offset head, Offset, Offset end) override {
    all.push_back({line_of(code, first_of(code, head)), line_of(code, end)});
  }
};

// "const Person& person = {}" without its name and its default.
std::string type_of(std::string_view parameter) {
  parameter = trimmed(parameter.substr(0, parameter.find('=')));
  std::string_view type = parameter;
  while (!type.empty() && is_of_word(type.back())) type.remove_suffix(1);
  if (trimmed(type).empty()) type = parameter;
  std::string out;
  for (const char c : type)
    if (!is_space(c)) out += c;
  return out;
}

std::string types_of(std::string_view parameters) {
  std::string types;
  int depth = 0;
  Offset from = 0;
  for (Offset at = 0; at <= parameters.size(); ++at) {
    const char c = at < parameters.size() ? parameters[at] : ',';
    if (c == '<' || c == '(') ++depth;
    if (c == '>' || c == ')') --depth;
    if ((c == ',' && depth <= 0) || depth < 0) {
      types += type_of(parameters.substr(from, at - from)) + ",";
      from = at + 1;
    }
    if (depth < 0) break;
  }
  return types;
}

std::string word_before(std::string_view text, Offset end) {
  while (end > 0 && is_space(text[end - 1])) --end;
  Offset begin = end;
  while (begin > 0 && is_of_word(text[begin - 1])) --begin;
  return std::string{text.substr(begin, end - begin)};
}

// "template <class T> void write(T value)" without its first part.
std::string_view without_template(std::string_view head) {
  if (!head.starts_with("template")) return head;
  int depth = 0;
  for (Offset at = 0; at < head.size(); ++at) {
    if (head[at] == '<') ++depth;
    if (head[at] == '>' && --depth == 0) return trimmed(head.substr(at + 1));
  }
  return head;
}

// "Verdict" of "enum class Verdict : std::uint8_t".
std::string type_named_in(std::string_view head) {
  bool is_type = false;
  for (const std::string_view kind : {"enum ", "struct ", "class ", "union "})
    if (head.starts_with(kind)) {
      head = trimmed(head.substr(kind.size()));
      is_type = true;
    }
  Offset end = 0;
  while (end < head.size() && is_of_word(head[end])) ++end;
  return is_type ? std::string{head.substr(0, end)} : std::string{};
}

class HiddenNames final : public Outline {
 public:
  std::map<std::string, Hidden> all;

 protected:
  void block(std::string_view code, Offset head, Offset open, Offset) override {
    take(code, head, open);
  }
  void scope(std::string_view code, Offset head, Offset open) override { take(code, head, open); }
  void statement(std::string_view code, Offset head, Offset end) override { take(code, head, end); }

 private:
  bool is_hidden() const {
    const auto& in = scopes();
    return std::find(in.begin(), in.end(), "namespace") != in.end() &&
           std::all_of(in.begin(), in.end(),
                       [](const auto& s) { return s.starts_with("namespace"); });
  }

  void take(std::string_view code, Offset from, Offset end) {
    if (!is_hidden()) return;
    const auto head = without_template(trimmed(code.substr(from, end - from)));
    if (head.empty() || head == "namespace") return;
    const int line = line_of(code, first_of(code, from));
    const Offset equals = head.find('=');
    if (head.starts_with("using") || head.starts_with("namespace")) {
      if (equals != std::string_view::npos)
        all[word_before(head, equals)] = {std::string{trimmed(head.substr(equals + 1))}, line};
      return;
    }
    if (const auto type = type_named_in(head); !type.empty()) {
      all[type] = {"", line};
      return;
    }
    const Offset ends = std::min(head.find_first_of("=({["), head.size());
    std::string name = word_before(head, ends);
    if (ends < head.size() && head[ends] == '(')
      name += "(" + types_of(head.substr(ends + 1)) + ")";
    if (!name.empty()) all[name] = {"", line};
  }
};

// JavaScript's own literals, which the scanner of C++ does not know.
class Script {
 public:
  explicit Script(std::string_view text) : text_{text}, code_(text) {}

  std::string code() {
    for (Offset at = 0; at < text_.size();) {
      const Offset end = end_of_literal(at);
      for (Offset i = at; i < end; ++i)
        if (code_[i] != '\n') code_[i] = ' ';
      if (end == at) last_ = is_space(text_[at]) ? last_ : at;
      at = std::max(end, at + 1);
    }
    return code_;
  }

 private:
  Offset until(std::string_view mark, Offset from) const {
    const Offset found = text_.find(mark, from);
    return found == std::string_view::npos ? text_.size() : found + mark.size();
  }

  // `at` itself where none begins.
  Offset end_of_literal(Offset at) const {
    const auto rest = text_.substr(at);
    if (rest.starts_with("//")) return std::min(text_.find('\n', at), text_.size());
    if (rest.starts_with("/*")) return until("*/", at + 2);
    if (text_[at] == '`') return end_of_template(at + 1);
    if (text_[at] == '"' || text_[at] == '\'' || (text_[at] == '/' && may_be_pattern()))
      return end_of_quote(at);
    return at;
  }

  // A slash divides after a value, and begins a pattern elsewhere.
  bool may_be_pattern() const {
    if (word_before(text_, last_ + 1) == "return") return true;
    return std::string_view{"(,=:[!&|?{};>"}.find(text_[last_]) != std::string_view::npos;
  }

  Offset end_of_quote(Offset at) const {
    const char quote = text_[at];
    bool in_class = false;
    for (Offset i = at + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (quote == '/' && text_[i] == '[') {
        in_class = true;
      } else if (in_class) {
        in_class = text_[i] != ']';
      } else if (text_[i] == quote || text_[i] == '\n') {
        return i + 1;
      }
    }
    return text_.size();
  }

  Offset end_of_template(Offset at) const {
    for (; at < text_.size() && text_[at] != '`'; ++at) {
      if (text_[at] == '\\') ++at;
      if (text_.substr(at, 2) != "${") continue;
      for (int depth = 0; at < text_.size(); ++at) {
        if (text_[at] == '`') at = end_of_template(at + 1) - 1;
        if (text_[at] == '"' || text_[at] == '\'') at = end_of_quote(at) - 1;
        if (text_[at] == '{') ++depth;
        if (text_[at] == '}' && --depth == 0) break;
      }
    }
    return std::min(at + 1, text_.size());
  }

  std::string_view text_;
  std::string code_;
  Offset last_ = 0;  // of the code before
};

// Where the brackets open that close before `end`.
Offset opening(std::string_view code, Offset end) {
  int depth = 0;
  for (Offset at = end; at-- > 0;) {
    if (code[at] == ')') ++depth;
    if (code[at] == '(' && --depth == 0) return at;
  }
  return 0;
}

// Where the function begins whose body opens at `open`; without value for another block.
std::optional<Offset> begin_of_function(std::string_view code, Offset open) {
  static constexpr auto kOthers =
      std::to_array<std::string_view>({"if", "for", "await", "while", "switch", "catch"});
  while (open > 0 && is_space(code[open - 1])) --open;
  const bool is_arrow = code.substr(0, open).ends_with("=>");
  if (is_arrow) open -= 2;
  while (open > 0 && is_space(code[open - 1])) --open;
  if (open == 0 || code[open - 1] != ')') return is_arrow ? std::optional{open} : std::nullopt;
  const Offset begin = opening(code, open);
  const std::string word = word_before(code, begin);
  if (!is_arrow && std::find(kOthers.begin(), kOthers.end(), word) != kOthers.end())
    return std::nullopt;
  return begin;
}

}  // namespace

std::optional<std::vector<Function>> functions_of(std::string_view text) {
  Functions functions;
  if (!functions.read(code_of(text))) return std::nullopt;
  return functions.all;
}

std::optional<std::vector<Function>> script_functions_of(std::string_view text) {
  const std::string code = Script{text}.code();
  std::vector<Function> all;
  int depth = 0;
  for (Offset at = 0; at < code.size(); ++at) {
    if (code[at] == '}' && --depth < 0) return std::nullopt;
    if (code[at] != '{') continue;
    ++depth;
    const auto begin = begin_of_function(code, at);
    const Offset end = closing(code, at);
    if (end == std::string_view::npos) return std::nullopt;
    if (begin) all.push_back({line_of(code, *begin), line_of(code, end)});
  }
  return all;
}

std::map<std::string, Hidden> hidden_names_of(std::string_view text) {
  HiddenNames names;
  names.read(code_of(text));
  return names.all;
}

}  // namespace tocsin::tidy
