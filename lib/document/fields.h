// Typed reading of a tree: the keys of a mapping and the values of scalars, each misfit reported at
// its place with the way out. A reader that returns nothing has already reported why.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "document/yaml.h"

namespace tocsin::document {

// Characters of UTF-8 text, for limits that people count by.
std::size_t length_of(std::string_view utf8) noexcept;

struct TextRule {
  std::size_t most = 200;  // characters
  bool may_be_empty = false;
};

// Text of one line or, quoted or as a block, of several. Numbers and words alike are text.
std::optional<std::string> read_text(Node node, Findings& findings, TextRule rule = {});
// What an id may be: at most 64 lower-case letters, digits and `marks`, beginning with no mark.
inline constexpr std::string_view kIdMarks = "-";
inline constexpr std::string_view kWordMarks = "-._/";  // words of a roster, such as skills
std::optional<std::string> read_id(Node node, Findings& findings,
                                   std::string_view marks = kIdMarks);
// A whole number in digits, unquoted, without sign or leading zero (YAML would read 010 as 8).
std::optional<std::int64_t> read_count(Node node, Findings& findings, std::int64_t least,
                                       std::int64_t most);
// A decimal number, unquoted, without sign, exponent or superfluous leading zero: 1.25.
std::optional<double> read_decimal(Node node, Findings& findings, double least, double most);
// A part of a whole as "95%" or "0.95": from 0 to 1.
std::optional<double> read_share(Node node, Findings& findings);
// "25", "25min", "2h", "1h30"; a space may stand before the unit.
std::optional<base::Minutes> parse_time(std::string_view text);
std::optional<base::Minutes> read_minutes(Node node, Findings& findings,
                                          base::Minutes most = base::Minutes{100 * 24 * 60});
// Whole days, spelt "90d".
std::optional<int> read_days(Node node, Findings& findings, int least, int most);
// true or false, and nothing else that YAML 1.1 took for a truth value.
std::optional<bool> read_bool(Node node, Findings& findings);
// The index of the word in `words`; a wrong word is answered with the nearest.
std::optional<std::size_t> read_word(Node node, Findings& findings,
                                     std::span<const std::string_view> words);
struct NamedNode {
  std::string name;
  Node node;
};
// A list of ids without repeats; one scalar counts as a list of one.
std::vector<NamedNode> read_ids(Node node, Findings& findings, std::string_view marks = kIdMarks);

// "did you mean "nurse"?" or, when nothing is near, "one of: …".
std::string meant(std::string_view word, std::span<const std::string_view> candidates);

// The keys of one mapping. Ask for each key once; finish() then reports every key nobody asked for.
class Fields {
 public:
  // `what` is named in messages: "a post". Reports when `node` is not a mapping, and then is empty.
  Fields(Node node, Findings& findings, std::string_view what);

  // Null when absent; a key without a value counts as absent and is reported.
  std::optional<Node> optional(std::string_view key);
  // As optional, and reports the absence at the mapping's place.
  std::optional<Node> required(std::string_view key);
  void finish();

  // Where the value of a key stands; where the mapping stands when it has no such key.
  Place place(std::string_view key = {}) const;
  bool is_mapping() const noexcept { return node_.is_mapping(); }
  Node node() const noexcept { return node_; }

 private:
  Node node_;
  Findings& findings_;
  std::string what_;
  std::vector<std::string_view> asked_;
};

}  // namespace tocsin::document
