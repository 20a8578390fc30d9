// JSON through nlohmann's events. The events carry no position, so the parser is given an iterator
// that tells how far it has read. A token begins after the end of the one before it, past blanks
// and separators.
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "document/tree.h"

namespace tocsin::document {

namespace {

// An iterator over the text that tells how far the parser has read.
class WatchedIterator {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = char;
  using pointer = const char*;
  using reference = const char&;
  using iterator_category = std::input_iterator_tag;

  WatchedIterator(const char* at, const char** reached) noexcept : at_(at), reached_(reached) {}
  reference operator*() const noexcept { return *at_; }
  WatchedIterator& operator++() noexcept {
    *reached_ = ++at_;
    return *this;
  }
  WatchedIterator operator++(int) noexcept {
    const WatchedIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const WatchedIterator& a, const WatchedIterator& b) noexcept {
    return a.at_ == b.at_;
  }

 private:
  const char* at_;
  const char** reached_;
};

// What nlohmann::json::sax_parse calls. The library prescribes the names and types.
class JsonToTree {
 public:
  using json = nlohmann::json;

  JsonToTree(std::string_view text, const char* const* reached, TreeBuilder& tree,
             Findings& findings)
      : text_(text), reached_(reached), lines_(text), tree_(tree), findings_(findings) {}

  bool syntax_fault() const noexcept { return syntax_fault_; }

  bool null() { return tree_.null(token()); }
  bool boolean(bool value) { return tree_.scalar(value ? "true" : "false", false, token()); }
  bool number_integer(json::number_integer_t) { return number(); }
  bool number_unsigned(json::number_unsigned_t) { return number(); }
  bool number_float(json::number_float_t, const std::string&) { return number(); }
  bool string(std::string& value) { return quoted(value); }
  bool key(std::string& value) { return quoted(value); }
  bool start_object(std::size_t) { return tree_.open(Kind::mapping, token()); }
  bool start_array(std::size_t) { return tree_.open(Kind::sequence, token()); }
  bool end_object() { return end(); }
  bool end_array() { return end(); }
  bool binary(json::binary_t&) { return false; }  // not in JSON text
  bool parse_error(std::size_t offset, const std::string&, const json::exception& error) {
    syntax_fault_ = true;
    std::string_view message = error.what();
    if (const auto at = message.find(": "); at != std::string_view::npos)
      message.remove_prefix(at + 2);
    const std::size_t begin = offset == 0 ? 0 : offset - 1;
    findings_.error(tree_.place(LineCounter{text_}.at(begin)),
                    "not JSON: " + shown(message.substr(0, message.find(';'))),
                    "check commas, quotes and brackets here and in the line above");
    return false;
  }

 private:
  Position token() {
    constexpr std::string_view kBetween = " \t\n,:";
    const auto first = text_.find_first_not_of(kBetween, previous_end_);
    start_ = first == std::string_view::npos ? text_.size() : first;
    previous_end_ = static_cast<std::size_t>(*reached_ - text_.data());
    return lines_.at(start_);
  }
  // Keeps a number as it is spelt, so that 1.0 and 1e3 stay as they were written.
  bool number() {
    const Position at = token();
    const auto end = text_.find_first_not_of("+-.0123456789eE", start_);
    return tree_.scalar(text_.substr(start_, end - start_), false, at);
  }
  bool quoted(std::string_view value) { return tree_.scalar(value, true, token()); }
  bool end() {
    token();
    tree_.close();
    return true;
  }

  std::string_view text_;
  const char* const* reached_;
  std::size_t previous_end_ = 0;
  std::size_t start_ = 0;
  LineCounter lines_;
  TreeBuilder& tree_;
  Findings& findings_;
  bool syntax_fault_ = false;
};

}  // namespace

JsonOutcome parse_json_text(std::string_view text, TreeBuilder& tree, Findings& findings) {
  const char* reached = text.data();
  JsonToTree events{text, &reached, tree, findings};
  const WatchedIterator first{text.data(), &reached};
  const WatchedIterator last{text.data() + text.size(), &reached};
  if (nlohmann::json::sax_parse(first, last, &events)) return JsonOutcome::parsed;
  return events.syntax_fault() ? JsonOutcome::not_json : JsonOutcome::refused;
}

}  // namespace tocsin::document
